package dev.pollard.llvm.capi;

import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.Arrays;

/// Makes the one implementation of a raw-ring interface: each method is one downcall to the
/// function of the same name, linked at its first call.
///
/// A raw-ring method needs nothing but its declaration. Java types stand for C types so: `long` for
/// every opaque pointer, `size_t` and `uint64_t`; `int` for `int`, `unsigned` and enumerations;
/// `boolean` for `LLVMBool`; `MemorySegment` for strings, arrays and out parameters.
///
/// The alternative, a static method and a method handle by hand for each function, is five lines
/// each and links several hundred functions at start; this links the forty a run uses. With
/// `-Dpollard.trace-downcalls=true` each call is printed.
final class Binder {
  private static final boolean TRACE = Boolean.getBoolean("pollard.trace-downcalls");

  private static final ClassDesc SELF = Binder.class.describeConstable().orElseThrow();

  private static final DirectMethodHandleDesc LINK =
      ConstantDescs.ofCallsiteBootstrap(SELF, "link", ConstantDescs.CD_CallSite);

  private Binder() {}

  /// Implements `header`, an interface of this package whose methods are named as in C.
  static <T> T bind(Class<T> header) {
    ClassDesc binding = ClassDesc.of(header.getPackageName(), header.getSimpleName() + "Binding");
    byte[] bytes =
        ClassFile.of()
            .build(
                binding,
                c -> {
                  c.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
                  c.withInterfaceSymbols(header.describeConstable().orElseThrow());
                  c.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      ConstantDescs.MTD_void,
                      ClassFile.ACC_PUBLIC,
                      b ->
                          b.aload(0)
                              .invokespecial(
                                  ConstantDescs.CD_Object,
                                  ConstantDescs.INIT_NAME,
                                  ConstantDescs.MTD_void)
                              .return_());
                  for (Method method : header.getMethods()) {
                    MethodTypeDesc type =
                        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                            .describeConstable()
                            .orElseThrow();
                    c.withMethodBody(
                        method.getName(),
                        type,
                        ClassFile.ACC_PUBLIC,
                        b -> {
                          int slot = 1;
                          for (ClassDesc parameter : type.parameterList()) {
                            TypeKind kind = TypeKind.from(parameter);
                            b.loadLocal(kind, slot);
                            slot += kind.slotSize();
                          }
                          b.invokedynamic(DynamicCallSiteDesc.of(LINK, method.getName(), type));
                          b.return_(TypeKind.from(type.returnType()));
                        });
                  }
                });
    try {
      MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return header.cast(
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke());
    } catch (Throwable e) {
      throw new AssertionError("cannot bind " + header.getName(), e);
    }
  }

  /// Links one function at its first call.
  @SuppressWarnings("restricted")
  static CallSite link(MethodHandles.Lookup caller, String name, MethodType type) {
    MethodHandle handle =
        java.lang.foreign.Linker.nativeLinker()
            .downcallHandle(NativeLibrary.symbol(name), descriptor(type));
    // C says int where Java says boolean.
    MethodHandle typed = MethodHandles.explicitCastArguments(handle, type);
    return new ConstantCallSite(TRACE ? traced(name, typed) : typed);
  }

  private static FunctionDescriptor descriptor(MethodType type) {
    MemoryLayout[] parameters =
        type.parameterList().stream().map(Binder::layout).toArray(MemoryLayout[]::new);
    return type.returnType() == void.class
        ? FunctionDescriptor.ofVoid(parameters)
        : FunctionDescriptor.of(layout(type.returnType()), parameters);
  }

  private static MemoryLayout layout(Class<?> type) {
    if (type == long.class) {
      return ValueLayout.JAVA_LONG;
    }
    if (type == int.class || type == boolean.class) {
      return ValueLayout.JAVA_INT;
    }
    if (type == byte.class) {
      return ValueLayout.JAVA_BYTE;
    }
    if (type == double.class) {
      return ValueLayout.JAVA_DOUBLE;
    }
    if (type == MemorySegment.class) {
      return ValueLayout.ADDRESS;
    }
    throw new IllegalArgumentException(type + " stands for no C type");
  }

  private static MethodHandle traced(String name, MethodHandle handle) {
    MethodHandle print;
    try {
      print =
          MethodHandles.lookup()
              .findStatic(
                  Binder.class,
                  "trace",
                  MethodType.methodType(void.class, String.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
    MethodHandle before =
        print
            .bindTo(name)
            .asCollector(Object[].class, handle.type().parameterCount())
            .asType(handle.type().changeReturnType(void.class));
    return MethodHandles.foldArguments(handle, before);
  }

  @SuppressWarnings("UnusedMethod") // found by name above
  private static void trace(String name, Object[] arguments) {
    String text =
        String.join(
            ", ",
            Arrays.stream(arguments)
                .map(a -> a instanceof Long l ? "0x" + Long.toHexString(l) : a.toString())
                .toList());
    System.err.println(name + "(" + text + ")");
  }
}
