//! `amends-bindgen generate --language kotlin|swift --out-dir DIR libamends_ffi.so`, from an unstripped library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
