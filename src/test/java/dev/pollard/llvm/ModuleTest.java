package dev.pollard.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTest {
  private static final String IR =
      """
      target datalayout = "e-m:e-p:32:32-i64:64-v128:64:128-a:0:32-n32-S64"
      target triple = "thumbv7m-none-unknown-eabi"
      @text = private unnamed_addr constant [2 x i8] c"hi", section ".defmt", align 4
      declare void @sink(ptr) #0
      define internal i32 @f(i8 %state, ptr %p) unnamed_addr {
      start:
        switch i8 %state, label %other [
          i8 0, label %zero
          i8 3, label %three
        ]
      zero:
        %q = getelementptr inbounds { i32, i8 }, ptr %p, i32 0, i32 1
        store i8 1, ptr %q, align 4
        br label %done
      three:
        call void @sink(ptr nonnull @text)
        br label %done
      other:
        unreachable
      done:
        %r = phi i32 [ 7, %zero ], [ -1, %three ]
        ret i32 %r
      }
      @same = alias i32 (i8, ptr), ptr @f
      attributes #0 = { cold noinline "key"="value" }
      """;

  @BeforeAll
  static void start() {
    TestLlvm.start();
  }

  @Test
  void readsWhatAModuleHolds() {
    try (Context context = new Context();
        Module module = context.parseText(IR, "test.ll")) {
      Function f = module.function("f").orElseThrow();
      assertThat(f.isLocal()).isTrue();
      assertThat(f.unnamedAddress()).isEqualTo(GlobalValue.UnnamedAddress.GLOBAL);
      assertThat(f.blockCount()).isEqualTo(5);
      Instruction select = f.entry().terminator();
      assertThat(select.opcode()).isEqualTo(Opcode.SWITCH);
      assertThat(select.cases().stream().map(c -> c.value().unsigned() + " " + c.target().name()))
          .containsExactly("0 zero", "3 three");
      assertThat(select.switchDefault().name()).isEqualTo("other");
      assertThat(select.condition()).isEqualTo(f.argument(0));
      Function sink = module.function("sink").orElseThrow();
      assertThat(sink.attributes().has("cold")).isTrue();
      assertThat(sink.attributes().has("noreturn")).isFalse();
      assertThat(sink.attributes().string("key")).contains("value");
      assertThat(sink.hasAddressTaken()).isFalse();
      Use use = sink.uses().iterator().next();
      Instruction call = (Instruction) use.user();
      assertThat(call.calledFunction()).contains(sink);
      assertThat(call.attributes(1).has("nonnull")).isTrue();
      GlobalVariable text = (GlobalVariable) call.argument(0);
      assertThat(text.section()).isEqualTo(".defmt");
      assertThat(((Constant) text.initializer().orElseThrow()).bytes()).contains("hi");
      assertThat(module.aliases().iterator().next().aliasee()).isEqualTo(f);
      Instruction phi =
          f.blocks().iterator().next().successors().get(1).successors().get(0).first();
      assertThat(((ConstantInt) phi.incomingValue(1)).signed()).isEqualTo(-1);
      Type struct =
          module.types().struct(List.of(f.returnType(), module.types().integer(8)), false);
      assertThat(module.layout().allocSize(struct)).isEqualTo(8);
      assertThat(module.layout().offset(struct, 1)).isEqualTo(4);
      assertThat(module.layout().pointerSize()).isEqualTo(4);
      assertThat(module.verify()).isEmpty();
    }
  }

  @Test
  void editsKeepTheModuleValid() {
    try (Context context = new Context();
        Module module = context.parseText(IR, "test.ll")) {
      Function f = module.function("f").orElseThrow();
      List<BasicBlock> blocks = new ArrayList<>();
      f.blocks().forEach(blocks::add);
      BasicBlock zero = blocks.get(1);
      Instruction store = zero.terminator().previous().orElseThrow();
      BasicBlock rest = zero.splitBefore(store, "rest");
      assertThat(module.verify()).isEmpty();
      assertThat(rest.predecessors()).containsExactly(zero);
      BasicBlock done = blocks.get(4);
      BasicBlock three = blocks.get(2);
      done.removeIncoming(three);
      three.terminator().erase();
      try (Builder builder = new Builder(module)) {
        builder.atEnd(three).call(module.intrinsics().declare("llvm.trap"), List.of());
        builder.unreachable();
      }
      assertThat(module.verify()).isEmpty();
      assertThat(done.predecessors()).containsExactly(rest);
      module.run("default<Oz>", RunOptions.SIZE, Optional.empty());
      assertThat(module.verify()).isEmpty();
      assertThat(module.print()).contains("llvm.trap");
    }
  }

  @Test
  void errorsBecomeExceptions() {
    try (Context context = new Context()) {
      assertThatThrownBy(() -> context.parseText("define what", "bad.ll"))
          .isInstanceOf(LlvmException.class)
          .hasMessageContaining("bad.ll");
      assertThatThrownBy(() -> context.parseText("BC\u00c0\u00de truncated", "bad.bc"))
          .isInstanceOf(LlvmException.class);
      try (Module module = context.parseText(IR, "test.ll")) {
        assertThatThrownBy(() -> module.run("no-such-pass", RunOptions.SIZE, Optional.empty()))
            .isInstanceOf(LlvmException.class)
            .hasMessageContaining("no-such-pass");
      }
    }
  }

  @Test
  void runsOnABigStack() throws Exception {
    assertThat(BigStack.call(LibLlvm::version)).startsWith("2");
  }

  @Test
  void readsOfAProgramWhatOthersSeeAndWhatThatReaches(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("program.bc");
    try (Context context = new Context();
        Module module =
            context.parseText(
                """
                source_filename = "program.rs"
                target triple = "thumbv7m-none-unknown-eabi"
                @held = internal constant ptr @pointed
                @kept = internal global i32 1, section ".kept"
                @llvm.used = appending global [1 x ptr] [ptr @kept], section "llvm.metadata"
                module asm ".globl asked"
                declare void @outside()
                define void @seen() {
                  %f = load ptr, ptr @held
                  call void %f()
                  ret void
                }
                define internal void @pointed() { ret void }
                define internal void @alone() {
                  call void @outside()
                  ret void
                }
                !unit = !{!0}
                !0 = !{!"told"}
                """,
                "program.ll")) {
      module.writeBitcode(file);
    }
    try (Context context = new Context();
        Module module = context.parseReached(file)) {
      assertThat(module.print())
          .contains("source_filename = \"program.rs\"")
          .contains("@held", "@kept", "@llvm.used", "@seen", "@pointed", ".globl asked", "told")
          .doesNotContain("@alone", "@outside");
    }
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length / 2));
    try (Context context = new Context()) {
      assertThatThrownBy(() -> context.parseReached(file))
          .isInstanceOf(LlvmException.class)
          .hasMessageStartingWith("cannot parse " + file + ": ");
    }
  }
}
