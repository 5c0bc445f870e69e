import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;

/**
 * Makes of a folder of AARs and jars what a JVM with Robolectric needs: their classes, one linked resource APK, an R class
 * for each, and the file by which Robolectric finds the APK. Does nothing when nothing has changed since the last time.
 *
 *     java UnpackAars.java LIBRARIES MANIFEST FRAMEWORK_JAR APKTOOL_JAR WORK CLASSES
 *
 * LIBRARIES holds *.aar and *.jar; MANIFEST is the test app's, with its package and theme; FRAMEWORK_JAR has Android's
 * own resources; APKTOOL_JAR brings aapt2; WORK is for what is made on the way, and the APK; CLASSES becomes the classpath.
 */
public final class UnpackAars {
    private static final String CONFIG = "com/android/tools/test_config.properties";
    private static final Pattern PACKAGE = Pattern.compile("<manifest[^>]*\\bpackage=\"([^\"]+)\"", Pattern.DOTALL);

    private final Path libraries, manifest, framework, apktool, work, classes;

    private UnpackAars(Path[] at) {
        libraries = at[0];
        manifest = at[1];
        framework = at[2];
        apktool = at[3];
        work = at[4];
        classes = at[5];
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 6) {
            System.err.println("UnpackAars LIBRARIES MANIFEST FRAMEWORK_JAR APKTOOL_JAR WORK CLASSES");
            System.exit(2);
        }
        new UnpackAars(Stream.of(args).map(one -> Path.of(one).toAbsolutePath()).toArray(Path[]::new)).run();
    }

    private void run() throws Exception {
        var stamp = work.resolve("stamp");
        var key = key();
        if (Files.exists(stamp) && Files.readString(stamp).equals(key) && Files.exists(classes.resolve(CONFIG))) return;
        Files.deleteIfExists(stamp);
        delete(classes);
        delete(work);
        Files.createDirectories(classes);
        Files.createDirectories(work);
        var aapt2 = aapt2();
        var aars = new ArrayList<Path>();
        var compiled = new ArrayList<String>();
        for (var file : files(libraries)) {
            if (file.toString().endsWith(".jar")) {
                unzip(file, classes, UnpackAars::isWanted);
            } else if (file.toString().endsWith(".aar")) {
                var aar = work.resolve("aars").resolve(file.getFileName().toString().replace(".aar", ""));
                unzip(file, aar, name -> true);
                aars.add(aar);
                for (var jar : jars(aar)) unzip(jar, classes, UnpackAars::isWanted);
                if (hasFiles(aar.resolve("res"))) compiled.add(compile(aapt2, aar));
            }
        }
        var apk = work.resolve("resources.apk");
        var symbols = link(aapt2, compiled, apk);
        writeRClasses(aars, symbols);
        var config = classes.resolve(CONFIG);
        Files.createDirectories(config.getParent());
        Files.writeString(config, "android_merged_manifest=" + manifest + "\nandroid_resource_apk=" + apk
            + "\nandroid_custom_package=" + packageOf(manifest) + "\n");
        Files.writeString(stamp, key);
    }

    /** All that what is made depends on, by content; and where it lies, since the APK is named by its path. */
    private String key() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update((classes + "\n" + work + "\n" + framework.getFileName() + "\n").getBytes());
        var inputs = files(libraries);
        inputs.add(manifest);
        for (var file : inputs) {
            digest.update(file.getFileName().toString().getBytes());
            digest.update(Files.readAllBytes(file));
        }
        try (var itself = UnpackAars.class.getResourceAsStream("UnpackAars.class")) {
            if (itself != null) digest.update(itself.readAllBytes());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private Path aapt2() throws IOException {
        var os = System.getProperty("os.name").toLowerCase();
        var name = "prebuilt/" + (os.contains("mac") ? "macosx" : "linux") + "/aapt2";
        unzip(apktool, work.resolve("bin"), name::equals);
        var binary = work.resolve("bin").resolve(name);
        if (!Files.exists(binary)) throw new IOException("no " + name + " in " + apktool);
        binary.toFile().setExecutable(true);
        return binary;
    }

    private String compile(Path aapt2, Path aar) throws Exception {
        var flat = work.resolve("flat").resolve(aar.getFileName() + ".zip");
        Files.createDirectories(flat.getParent());
        call(List.of(aapt2.toString(), "compile", "--dir", aar.resolve("res").toString(), "-o", flat.toString()));
        return flat.toString();
    }

    private List<String> link(Path aapt2, List<String> compiled, Path apk) throws Exception {
        var symbols = work.resolve("R-all.txt");
        var command = new ArrayList<>(List.of(aapt2.toString(), "link", "-I", framework.toString(),
            "--manifest", manifest.toString(), "--auto-add-overlay", "--no-version-vectors",
            "--min-sdk-version", "24", "--target-sdk-version", "35",
            "--output-text-symbols", symbols.toString(), "-o", apk.toString()));
        for (var zip : compiled) command.addAll(List.of("-R", zip));
        call(command);
        return Files.readAllLines(symbols);
    }

    /** As the Android build does it: for each library an R with its own names, and the numbers that linking gave them. */
    private void writeRClasses(List<Path> aars, List<String> symbols) throws Exception {
        var numbers = new TreeMap<String, String>(); // "string app_name" -> "int 0x7f..."
        for (var line : symbols) {
            var part = line.split(" ", 4);
            numbers.put(part[1] + " " + part[2], part[0] + " " + part[3]);
        }
        var byPackage = new TreeMap<String, TreeSet<String>>();
        for (var aar : aars) {
            var list = aar.resolve("R.txt");
            if (!Files.exists(list)) continue;
            for (var line : Files.readAllLines(list)) {
                var part = line.split(" ", 4);
                if (part.length < 4 || !numbers.containsKey(part[1] + " " + part[2])) continue;
                byPackage.computeIfAbsent(packageOf(aar.resolve("AndroidManifest.xml")), p -> new TreeSet<>())
                    .add(part[1] + " " + part[2]);
            }
        }
        byPackage.put(packageOf(manifest), new TreeSet<>(numbers.keySet()));
        var sources = new ArrayList<String>();
        for (var one : byPackage.entrySet()) {
            var file = work.resolve("r").resolve(one.getKey().replace('.', '/')).resolve("R.java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, rSource(one.getKey(), one.getValue(), numbers));
            sources.add(file.toString());
        }
        var options = new ArrayList<>(List.of("-nowarn", "-proc:none", "--release", "11", "-d", classes.toString()));
        options.addAll(sources);
        var status = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        if (status != 0) throw new IOException("R classes do not compile");
    }

    private static String rSource(String name, TreeSet<String> entries, Map<String, String> numbers) {
        var byType = entries.stream().collect(Collectors.groupingBy(e -> e.split(" ")[0], TreeMap::new, Collectors.toList()));
        var text = new StringBuilder("package " + name + ";\npublic final class R {\n");
        byType.forEach((type, names) -> {
            text.append("  public static final class ").append(type).append(" {\n");
            for (var entry : names) {
                var number = numbers.get(entry).split(" ", 2);
                text.append("    public static final ").append(number[0]).append(' ').append(entry.split(" ")[1])
                    .append(" = ").append(number[1]).append(";\n");
            }
            text.append("  }\n");
        });
        return text.append("}\n").toString();
    }

    private static boolean isWanted(String name) {
        return !name.equals("META-INF/MANIFEST.MF") && !name.endsWith(".SF") && !name.endsWith(".RSA")
            && !name.endsWith("module-info.class");
    }

    private static List<Path> jars(Path aar) throws IOException {
        var found = new ArrayList<Path>();
        if (Files.exists(aar.resolve("classes.jar"))) found.add(aar.resolve("classes.jar"));
        if (Files.isDirectory(aar.resolve("libs"))) found.addAll(files(aar.resolve("libs")));
        return found;
    }

    private static String packageOf(Path manifest) throws IOException {
        Matcher match = PACKAGE.matcher(Files.readString(manifest));
        if (!match.find()) throw new IOException("no package in " + manifest);
        return match.group(1);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private static boolean hasFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return false;
        try (var all = Files.walk(folder)) {
            return all.anyMatch(Files::isRegularFile);
        }
    }

    private interface Wanted {
        boolean is(String name);
    }

    private static void unzip(Path archive, Path to, Wanted wanted) throws IOException {
        try (InputStream in = Files.newInputStream(archive); var zip = new ZipInputStream(in)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                if (entry.isDirectory() || !wanted.is(entry.getName())) continue;
                var file = to.resolve(entry.getName()).normalize();
                if (!file.startsWith(to)) throw new IOException(entry.getName() + " in " + archive + " leads outside");
                Files.createDirectories(file.getParent());
                Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void call(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + "\n" + said);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failed) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
