# shellcheck shell=bash
# How the library that goes into an app (amends-ffi, profile `phone`) is built for phones. Sourced after lib.sh, by
# scripts/cross and scripts/android-libs.

crate=amends-ffi

# phone_flags TARGET STAND-INS: what rustc is to link with, in the variables that cargo reads for that target alone. Android's
# are linked by the NDK where ANDROID_NDK_HOME names one, and else against the stand-ins.
phone_flags() {
  local flags='' linker=rust-lld name
  name=$(tr 'a-z-' 'A-Z_' <<<"$1")
  case $1 in
    *-apple-*)
      flags="-Clinker-flavor=ld64.lld"
      [ ! -e "$2/apple/unchecked" ] || flags+=" -Clink-arg=-undefined -Clink-arg=dynamic_lookup"
      export SDKROOT=$2/apple
      ;;
    *-linux-android*)
      if [ -n "${ANDROID_NDK_HOME:-}" ]; then
        linker=$(ndk_clang "$1")
        flags="-Clink-arg=-Wl,--hash-style=gnu -Clink-arg=-Wl,-z,max-page-size=16384"
      else
        flags="-Clinker-flavor=ld.lld -Clink-arg=-L$2/android/${1%%-*}"
        flags+=" -Clink-arg=--hash-style=gnu -Clink-arg=-zmax-page-size=16384"
      fi
      ;;
    *) die "unknown target $1" ;;
  esac
  export "CARGO_TARGET_${name}_RUSTFLAGS=-Clinker=$linker $flags"
}

# ndk_clang TARGET: for Android 7, what the library asks for.
ndk_clang() {
  local found
  for found in "$ANDROID_NDK_HOME"/toolchains/llvm/prebuilt/*/bin/"${1/armv7-/armv7a-}24-clang"; do
    [ ! -x "$found" ] || { echo "$found" && return; }
  done
  die "ANDROID_NDK_HOME=$ANDROID_NDK_HOME has no compiler for $1: it must name an NDK, r23 or later"
}

# A crate type of its own: with `lib` beside `cdylib` cargo silently leaves LTO out (rust-lang/cargo#9672).
phone_build() { cargo rustc --package "$crate" --lib --profile phone --crate-type cdylib "$@"; }

# The same with a std of its own, made for size: a fifth smaller. Takes rustc's sources and options of cargo's that are not
# stable yet, and leaves the image in target/build-std.
phone_build_with_std() {
  local src
  src=$(scripts/rust-src) || return
  RUSTC_BOOTSTRAP=1 __CARGO_TESTS_ONLY_SRC_ROOT=$src/library CARGO_TARGET_DIR=${target:?}/build-std \
    phone_build "$@" -Z build-std=std,panic_unwind -Z build-std-features=panic-unwind,optimize_for_size
}

# phone_image TARGET [FOLDER]: where the build leaves it.
phone_image() {
  case $1 in
    *-apple-*) echo "${2:-$target}/$1/phone/libamends_ffi.dylib" ;;
    *) echo "${2:-$target}/$1/phone/libamends_ffi.so" ;;
  esac
}
