package dev.pollard.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies the libraries to where they are run from, and brings old class files up to date.
///
/// The JVM's AOT cache leaves out every class whose file format is older than Java 6, because such
/// a class has no stack maps and is verified by the old verifier. picocli is compiled for Java 5:
/// with its 135 classes in the cache a start takes 60 ms less. The code stays the same; stack maps
/// are added.
public final class Libraries {
  /// Java 5.
  private static final int OLD = 49;

  /// Java 17, as a version that needs stack maps and knows no `jsr`.
  private static final int CURRENT = 61;

  private Libraries() {}

  /// Copies all jars from the folder in the first argument to that in the second.
  public static void main(String[] arguments) throws IOException {
    var from = Path.of(arguments[0]);
    var to = Files.createDirectories(Path.of(arguments[1]));
    try (var jars = Files.newDirectoryStream(from, "*.jar")) {
      for (var jar : jars) {
        copy(jar, to.resolve(jar.getFileName()));
      }
    }
  }

  static void copy(Path source, Path target) throws IOException {
    try (var jar = new JarFile(source.toFile())) {
      boolean old = false;
      for (var entry : Collections.list(jar.entries())) {
        old |= isOldClass(entry.getName(), read(jar, entry));
      }
      if (!old) {
        Files.copy(source, target);
        return;
      }
      var updater =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(hierarchy(jar)));
      try (var out = new JarOutputStream(Files.newOutputStream(target))) {
        for (var entry : Collections.list(jar.entries())) {
          var content = read(jar, entry);
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(isOldClass(entry.getName(), content) ? update(updater, content) : content);
          out.closeEntry();
        }
      }
    }
  }

  private static byte[] update(ClassFile updater, byte[] content) {
    var everyMethod = ClassTransform.transformingMethodBodies((code, part) -> code.with(part));
    var version = ClassTransform.endHandler(type -> type.withVersion(CURRENT, 0));
    return updater.transformClass(updater.parse(content), everyMethod.andThen(version));
  }

  private static ClassHierarchyResolver hierarchy(JarFile jar) {
    return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> stream(jar, type))
        .orElse(ClassHierarchyResolver.defaultResolver());
  }

  /// The API asks for null where it is not there.
  @SuppressWarnings("NullAway")
  private static InputStream stream(JarFile jar, ClassDesc type) {
    var descriptor = type.descriptorString();
    var entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static boolean isOldClass(String name, byte[] content) {
    return name.endsWith(".class")
        && content.length > 8
        && (((content[6] & 0xff) << 8) | (content[7] & 0xff)) <= OLD;
  }
}
