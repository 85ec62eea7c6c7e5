package dev.pollard.fuzz;

import dev.pollard.fuzz.Part.Body;
import java.util.ArrayList;
import java.util.List;

/// Makes a program from a seed: functions that call those made before them, so that every program
/// ends; each with three numbers `v0`, `v1` and `v2` into which all results flow.
final class Generator {
  /// What one call of a function may cost, in events of the trace, as far as can be told.
  private static final int COST = 250;

  private static final int DEPTH = 2;

  private static final List<String> VARIABLES = List.of("v0", "v1", "v2");

  private static final List<String> SMALL =
      List.of("u8", "u16", "u64", "u128", "bool", "(u8, u64)", "Option<u16>", "Guard", "Deep");

  private final Rng rng;
  private final long seed;
  private final List<Callee> callees = new ArrayList<>();
  private int ids;
  private int labels;
  private long cost;

  /// A function that others can call.
  ///
  /// @param feature how it is called
  /// @param cost events of the trace
  private record Callee(String name, Feature feature, int cost) {}

  /// Where a statement stands.
  ///
  /// @param fails whether `?` may be used and `return` gives a `Result`
  /// @param loops whether a loop can be left
  /// @param depth of statements around it
  /// @param factor how often it runs, at most
  private record Scope(boolean fails, boolean loops, int depth, int factor) {
    Scope inner() {
      return new Scope(fails, loops, depth + 1, factor);
    }

    Scope loop(int times) {
      return new Scope(fails, true, depth + 1, factor * times);
    }

    /// A body of its own, with a result of its own.
    Scope own(int times) {
      return new Scope(false, false, depth + 1, factor * times);
    }
  }

  private Generator(long seed) {
    this.seed = seed;
    this.rng = new Rng(seed);
  }

  /// The program of a seed.
  static Program program(long seed) {
    return new Generator(seed).program();
  }

  private Program program() {
    int count = rng.from(1, 3);
    List<Fn> functions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      functions.add(function("f" + i, i + 1 == count ? Feature.CALL : kind()));
    }
    return new Program(seed, functions);
  }

  private Feature kind() {
    var kinds =
        new ArrayList<>(
            List.of(
                Feature.CALL,
                Feature.CALL,
                Feature.FALLIBLE,
                Feature.FALLIBLE,
                Feature.WIDE,
                Feature.GENERIC,
                Feature.ENUM,
                Feature.METHOD,
                Feature.STREAM,
                Feature.RECURSION,
                Feature.BORROW,
                Feature.NEVER_WAITS,
                Feature.ASYNC_BLOCK));
    if (!callees.isEmpty()) {
      kinds.add(Feature.PASS_THROUGH);
      kinds.add(Feature.PASS_THROUGH);
    }
    return rng.pick(kinds);
  }

  private Fn function(String name, Feature kind) {
    cost = 0;
    var made =
        switch (kind) {
          case FALLIBLE ->
              fn(
                  name,
                  kind,
                  "async fn " + name + "(x: u32) -> Result<u32, u32> {" + locals("x"),
                  block(new Scope(true, false, 0, 1)),
                  "if v0 & 3 == 0 { Err(v1) } else { Ok(" + result() + ") }\n}");
          case WIDE -> {
            int bytes = size();
            yield fn(
                name,
                kind,
                "type W"
                    + name
                    + " = [u8; "
                    + bytes
                    + "];\n"
                    + ("async fn " + name + "(x: u32, mut w: W" + name + ") -> u32 {")
                    + locals("x"),
                block(new Scope(false, false, 0, 1)),
                "w[" + rng.below(bytes) + "] ^= v1 as u8;\nw.fold() ^ " + result() + "\n}");
          }
          case GENERIC ->
              fn(
                  name,
                  kind,
                  "async fn " + name + "<T: Val>(x: u32, t: T) -> u32 {" + locals("x ^ t.fold()"),
                  block(new Scope(false, false, 0, 1)),
                  "t.fold() ^ " + result() + "\n}");
          case ENUM ->
              fn(
                  name,
                  kind,
                  "async fn " + name + "(x: u32) -> Deep {" + locals("x"),
                  block(new Scope(false, false, 0, 1)),
                  "make(" + result() + ")\n}");
          case METHOD ->
              fn(
                  name,
                  kind,
                  "struct S"
                      + name
                      + "<T> { held: T, count: u32 }\n"
                      + ("fn s" + name + "(x: u32) -> S" + name + "<" + type() + "> {\n")
                      + ("S" + name + " { held: make(x), count: 0 }\n}\n")
                      + ("impl<T: Val> Step for S" + name + "<T> {\n")
                      + "async fn step(&mut self, x: u32) -> u32 {"
                      + locals("x ^ self.count"),
                  block(new Scope(false, false, 0, 2)),
                  "self.count += 1;\nself.held.fold() ^ " + result() + "\n}\n}");
          case STREAM -> stream(name);
          case RECURSION ->
              fn(
                  name,
                  kind,
                  "fn "
                      + name
                      + "(n: u32, x: u32) -> Boxed {\nBox::pin(async move {"
                      + locals("x")
                      + "\nif n > 0 {\nv1 ^= "
                      + name
                      + "(n - 1, x ^ n).await;\n}",
                  block(new Scope(false, false, 0, 3)),
                  (rng.onceIn(2)
                          ? "if n == 2 && v0 & 1 == 0 {\nv2 = " + name + "(0, v0).await;\n}\n"
                          : "")
                      + result()
                      + "\n})\n}");
          case BORROW ->
              fn(
                  name,
                  kind,
                  "async fn " + name + "(x: u32, out: &mut u32) -> u32 {" + locals("x ^ *out"),
                  block(new Scope(false, false, 0, 1)),
                  "*out = out.wrapping_add(v1);\n" + result() + "\n}");
          case NEVER_WAITS ->
              fn(
                  name,
                  kind,
                  "async fn " + name + "(x: u32) -> u32 {" + locals("x"),
                  List.of(say(), assign(), arithmetic()),
                  result() + "\n}");
          case ASYNC_BLOCK ->
              fn(
                  name,
                  kind,
                  "fn "
                      + name
                      + "(x: u32) -> impl Future<Output = u32> {\n"
                      + ("log(SAY, x);\nlet held: " + type() + " = make(x);\nasync move {")
                      + locals("x ^ held.fold()"),
                  block(new Scope(false, false, 0, 1)),
                  result() + "\n}\n}");
          case PASS_THROUGH -> {
            var callee = rng.pick(callees);
            cost += callee.cost();
            var change = rng.onceIn(3) ? ".rotate_left(3)" : "";
            yield new Fn(
                name,
                kind,
                "async fn " + name + "(x: u32) -> u32 {\nlet (v0, v1, v2) = (x, x, x);",
                List.of(),
                call(callee, "x") + ".await" + change + "\n}");
          }
          default ->
              fn(
                  name,
                  Feature.CALL,
                  "async fn " + name + "(x: u32) -> u32 {" + locals("x"),
                  block(new Scope(false, false, 0, 1)),
                  result() + "\n}");
        };
    callees.add(new Callee(name, made.feature(), (int) Math.min(cost + 1, COST * 8L)));
    return made;
  }

  private static Fn fn(String name, Feature feature, String head, List<Stmt> body, String tail) {
    return new Fn(name, feature, head, body, tail);
  }

  /// A stream by hand: around a leaf, or around calls of an async function.
  private Fn stream(String name) {
    int items = rng.from(1, 3);
    var inner = callees.isEmpty() || rng.onceIn(2) ? "" : futureCall(new Scope(false, false, 0, 4));
    cost += items * 4L;
    var type = inner.isEmpty() ? "Option<Yield>" : "Option<Boxed>";
    var start =
        inner.isEmpty()
            ? "yields(" + id() + ", " + rng.below(3) + ", this.value)"
            : "{ let v0 = this.value; let (v1, v2) = (v0 ^ 5, v0 ^ 9); Box::pin(" + inner + ") }";
    return fn(
        name,
        Feature.STREAM,
        """
        struct S%1$s { left: u32, value: u32, going: %2$s }
        fn s%1$s(value: u32) -> S%1$s {
        S%1$s { left: %3$d, value, going: None }
        }
        impl Stream for S%1$s {
        fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        let this = self.get_mut();
        if this.left == 0 {
        return Poll::Ready(None);
        }
        if this.going.is_none() {
        this.going = Some(%4$s);
        }
        let Some(going) = &mut this.going else { unreachable!() };
        match Pin::new(going).poll(cx) {
        Poll::Pending => Poll::Pending,
        Poll::Ready(value) => {
        this.going = None;
        this.left -= 1;
        this.value = value;
        Poll::Ready(Some(value))
        }
        }
        }
        }
        async fn %1$s(x: u32) -> u32 {%5$s
        let mut stream = s%1$s(x);
        while let Some(item) = next(&mut stream).await {
        v0 = v0.rotate_left(1) ^ item;\
        """
            .formatted(name, type, items, start, locals("x")),
        block(new Scope(false, true, 1, items)),
        "}\n" + result() + "\n}");
  }

  private String locals(String first) {
    return "\nlet (mut v0, mut v1, mut v2) = (%s, %du32, %s ^ %d);"
        .formatted(first, rng.below(1 << 20), first, rng.below(1 << 20));
  }

  private static String result() {
    return "(v0 ^ v1.rotate_left(5) ^ v2.rotate_left(9))";
  }

  private List<Stmt> block(Scope scope) {
    int count = scope.depth() == 0 ? rng.from(2, 3) : rng.from(1, 2);
    List<Stmt> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statements.add(statement(scope));
    }
    return statements;
  }

  private Stmt statement(Scope scope) {
    if (scope.fails() && rng.onceIn(3)) {
      return fallible(scope);
    }
    if (scope.depth() >= DEPTH || cost > COST) {
      return simple(scope);
    }
    return switch (rng.below(34)) {
      case 0 -> say();
      case 1 -> assign();
      case 2, 3, 4, 5 -> await(scope);
      case 6 -> branch(scope);
      case 7 -> match(scope);
      case 8, 9 -> equalArms(scope);
      case 10 -> loop(scope);
      case 11 -> guard(scope);
      case 12 -> held(scope);
      case 13, 14 -> array(scope);
      case 15, 16 -> select(scope);
      case 17, 18 -> join(scope);
      case 19 -> cut(scope);
      case 20 -> panic(scope);
      case 21 -> caught(scope);
      case 22 -> resumed(scope);
      case 23 -> closure(scope);
      case 24 -> neverAwaited(scope);
      case 25 -> glance(scope);
      case 26 -> dyn(scope);
      case 27 -> spawn(scope);
      case 28 -> moves(scope);
      case 29 -> optionOfFuture(scope);
      case 30 -> early(scope);
      case 31 -> fallible(scope);
      case 32 -> borrowed(scope);
      default -> result(scope);
    };
  }

  private Stmt simple(Scope scope) {
    return switch (rng.below(7)) {
      case 0 -> say();
      case 1 -> assign();
      case 2 -> early(scope);
      case 3 -> cost > COST * 4 ? arithmetic() : await(scope);
      case 4 -> fallible(scope);
      default -> arithmetic();
    };
  }

  private Stmt say() {
    cost++;
    return Stmt.of(Feature.SAY, "log(SAY, " + variable() + " ^ " + id() + ");");
  }

  private Stmt assign() {
    return Stmt.of(Feature.ASSIGN, variable() + " = " + argument() + ";");
  }

  private Stmt arithmetic() {
    var target = variable();
    var change =
        switch (rng.below(5)) {
          case 0 -> target + " = " + target + ".wrapping_mul(" + (rng.below(1000) * 2 + 1) + ")";
          case 1 -> target + " = " + target + ".wrapping_add(" + variable() + ")";
          case 2 -> target + " ^= " + variable() + " >> " + rng.from(1, 20);
          case 3 -> target + " = (" + target + " / " + rng.from(2, 9) + ") | " + variable();
          default -> target + " = input(" + target + ")";
        };
    return Stmt.of(Feature.ASSIGN, change + ";");
  }

  private Stmt await(Scope scope) {
    var target = variable();
    return switch (rng.below(4)) {
      case 0 -> Stmt.of(Feature.ASYNC_BLOCK, target + " ^= ", future(scope), ".await;");
      default ->
          Stmt.of(
              Feature.CALL,
              target + " = ",
              new Part.Future(Part.row(futureCall(scope))),
              ".await;");
    };
  }

  private Stmt branch(Scope scope) {
    return Stmt.of(
        Feature.IF,
        "if " + condition() + " {",
        new Body(block(scope.inner())),
        "} else {",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "}");
  }

  private Stmt match(Scope scope) {
    int arms = rng.from(2, 5);
    List<Object> pieces = new ArrayList<>();
    pieces.add("match " + variable() + " % " + arms + " {");
    for (int arm = 0; arm < arms; arm++) {
      var pattern = arm + 1 == arms ? "_" : String.valueOf(arm);
      pieces.add("\n" + pattern + " => {");
      pieces.add(new Body(List.of(rng.onceIn(3) ? statement(scope.inner()) : await(scope))));
      pieces.add("}");
    }
    pieces.add("\n}");
    return Stmt.of(Feature.MATCH, pieces);
  }

  /// The same function awaited in several arms.
  private Stmt equalArms(Scope scope) {
    int arms = rng.from(2, 9);
    boolean value = rng.onceIn(2);
    var target = variable();
    int leaf = id();
    int choice = rng.below(callees.size() + 1);
    List<Object> pieces = new ArrayList<>();
    pieces.add((value ? target + " = " : "") + "match " + variable() + " % " + arms + " {");
    for (int arm = 0; arm < arms; arm++) {
      var argument = rng.onceIn(3) ? "v0" : "v0 ^ " + rng.below(1000);
      var awaited =
          choice < callees.size()
              ? call(callees.get(choice), argument)
              : "yields(" + leaf + ", 1, " + argument + ")";
      pieces.add("\n" + (arm + 1 == arms ? "_" : arm) + " => ");
      pieces.add(value ? awaited + ".await," : "{\n" + target + " ^= " + awaited + ".await;\n}");
    }
    pieces.add("\n}" + (value ? ";" : ""));
    cost += (long) scope.factor() * (choice < callees.size() ? callees.get(choice).cost() : 3);
    return Stmt.of(Feature.SAME_CALL_IN_ARMS, pieces);
  }

  private Stmt loop(Scope scope) {
    int times = rng.from(2, 4);
    var label = "'l" + labels++;
    var leave =
        switch (rng.below(4)) {
          case 0 -> "if " + condition() + " {\nbreak " + label + ";\n}";
          case 1 -> "if " + condition() + " {\ncontinue " + label + ";\n}";
          default -> "";
        };
    return Stmt.of(
        Feature.LOOP,
        label + ": for turn in 0..input(" + times + ") {\nv0 = v0.wrapping_add(turn);",
        new Body(block(scope.loop(times))),
        leave,
        new Body(rng.onceIn(2) ? List.of() : List.of(simple(scope.loop(times)))),
        "}");
  }

  private Stmt guard(Scope scope) {
    var id = id();
    cost += scope.factor();
    return switch (rng.below(3)) {
      case 0 ->
          Stmt.of(
              Feature.GUARD,
              "{\nlet held = guard(" + id + ");",
              new Body(block(scope.inner())),
              "drop(held);",
              new Body(List.of(statement(scope.inner()))),
              "}");
      case 1 ->
          Stmt.of(
              Feature.GUARD,
              "{\nlet mut held = Some(guard(" + id + "));",
              new Body(block(scope.inner())),
              "if " + condition() + " {\nheld = None;\n}",
              new Body(List.of(await(scope.inner()))),
              "log(SAY, held.fold());\n}");
      default ->
          Stmt.of(
              Feature.GUARD,
              "{\nlet _held = guard(" + id + ");",
              new Body(block(scope.inner())),
              "}");
    };
  }

  private Stmt held(Scope scope) {
    return Stmt.of(
        Feature.HELD,
        "{\nlet held: " + type() + " = make(" + argument() + ");",
        new Body(block(scope.inner())),
        variable() + " ^= held.fold();\n}");
  }

  /// An array that is partly constant, written before and after it moves.
  private Stmt array(Scope scope) {
    int size = size();
    var element = rng.pick(List.of("u8", "u8", "u16", "u32"));
    int count = Math.max(1, size / (element.equals("u8") ? 1 : element.equals("u16") ? 2 : 4));
    var fill = "[" + rng.pick(List.of("0", "0", "255", "7")) + element + "; " + count + "]";
    if (rng.onceIn(3)) {
      fill = "if " + condition() + " {\n" + fill + "\n} else {\n[1; _]\n}";
    }
    return Stmt.of(
        Feature.ARRAY,
        "{\nlet mut w = " + fill + ";\n" + write("w", count, element),
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        (rng.onceIn(2) ? "let mut w2 = w;\n" : "let mut w2 = core::hint::black_box(w);\n")
            + write("w2", count, element),
        new Body(block(scope.inner())),
        (rng.onceIn(3) ? "v1 ^= w.fold();\n" : "") + variable() + " ^= w2.fold();\n}");
  }

  private String write(String array, int count, String type) {
    var writes = new StringBuilder();
    for (int i = rng.below(4); i > 0; i--) {
      var index =
          rng.onceIn(3) ? variable() + " as usize % " + count : String.valueOf(rng.below(count));
      writes
          .append(rng.onceIn(4) ? "if " + condition() + " { " : "{ ")
          .append(array + "[" + index + "] = " + variable() + " as " + type + "; }\n");
    }
    return writes.toString();
  }

  /// A large value that moves several times, into a future at last.
  private Stmt moves(Scope scope) {
    int size = size();
    var type =
        rng.pick(
            List.of(
                "[u8; " + size + "]",
                "Holder<[u8; " + size + "]>",
                "Option<[u16; " + Math.max(1, size / 2) + "]>",
                "(u8, [u32; " + Math.max(1, size / 4) + "])",
                "Result<[u64; " + Math.max(1, size / 8) + "], u8>"));
    var between =
        switch (rng.below(4)) {
          case 0 -> "let b = core::convert::identity(a);";
          case 1 -> "let b = Some(a);";
          case 2 -> "let b = (" + variable() + ", a);";
          default -> "let b = a;\nlet b = (b, guard(" + id() + "));";
        };
    return Stmt.of(
        Feature.MOVES,
        "{\nlet a: " + type + " = make(" + argument() + ");\n" + between,
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "let future = async move {\nlet c = b;\n" + locals("v0").strip(),
        new Body(block(scope.own(1))),
        "c.fold() ^ " + result() + "\n};\n",
        (rng.onceIn(3) ? "v0 ^= Box::pin(future).await;" : "v0 ^= future.await;") + "\n}");
  }

  private Stmt select(Scope scope) {
    var never = rng.onceIn(6) ? "Never(" + id() + ")" : "";
    return Stmt.of(
        never.isEmpty() ? Feature.SELECT : Feature.NEVER_READY,
        "match select(",
        never.isEmpty() ? future(scope.inner()) : never,
        ", ",
        future(scope.inner()),
        ").await {\nEither::First(a) => {\nv0 ^= a;",
        new Body(block(scope.inner())),
        "}\nEither::Second(b) => {\nv1 ^= b;",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "}\n}");
  }

  private Stmt join(Scope scope) {
    if (rng.onceIn(3)) {
      return Stmt.of(
          Feature.ALL,
          "v2 = all(vec![Box::pin(",
          future(scope.inner()),
          "), Box::pin(",
          future(scope.inner()),
          "), Box::pin(",
          future(scope.inner()),
          ")]).await;");
    }
    return Stmt.of(
        Feature.JOIN,
        "{\nlet (a, b) = join(",
        future(scope.inner()),
        ", ",
        future(scope.inner()),
        ").await;\nv0 ^= a;\nv1 = v1.wrapping_add(b);\n}");
  }

  private Stmt cut(Scope scope) {
    return Stmt.of(
        Feature.CUT,
        "if let Some(a) = cut(" + rng.below(4) + ", ",
        future(scope.inner()),
        ").await {\nv1 ^= a;",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "}");
  }

  private Stmt panic(Scope scope) {
    cost += scope.factor();
    return Stmt.of(
        Feature.PANIC, "v0 = may_panic(" + rng.below(10) + ", " + variable() + " ^ " + id() + ");");
  }

  private Stmt caught(Scope scope) {
    return Stmt.of(
        Feature.CATCH,
        "match catch(",
        own(List.of(statement(scope.own(1)), panic(scope), statement(scope.own(1)))),
        ").await {\nOk(a) => v0 ^= a,\nErr(b) => {\nv1 ^= b;",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "}\n}");
  }

  private Stmt resumed(Scope scope) {
    return Stmt.of(Feature.RESUMED, "v2 ^= once_more(", future(scope.inner()), ").await;");
  }

  private Stmt closure(Scope scope) {
    boolean twice = rng.onceIn(2);
    var inner = scope.own(twice ? 2 : 1);
    return Stmt.of(
        Feature.ASYNC_CLOSURE,
        twice
            ? "{\nlet mut count = v1;\nlet closure = async |x: u32| {\ncount = count.wrapping_add(x);"
            : "{\nlet held: " + type() + " = make(v1);\nlet closure = async move |x: u32| {",
        locals("x"),
        new Body(block(inner)),
        (twice ? "count ^ " : "held.fold() ^ ") + result() + "\n};\n",
        twice ? "v0 = called_twice(closure, v0).await;\n" : "v0 = called(&closure, v0).await;\n",
        twice ? "v2 ^= count;\n}" : "}");
  }

  private Stmt neverAwaited(Scope scope) {
    return rng.onceIn(2)
        ? Stmt.of(
            Feature.NEVER_AWAITED,
            "{\nlet unused = ",
            future(scope.inner()),
            ";",
            new Body(block(scope.inner())),
            "drop(unused);\n}")
        : Stmt.of(Feature.NEVER_AWAITED, "let _ = ", future(scope.inner()), ";");
  }

  private Stmt glance(Scope scope) {
    return Stmt.of(
        Feature.GLANCE,
        "{\nlet mut going = pin!(",
        future(scope.inner()),
        ");\nif let Some(a) = glance(going.as_mut()).await {\nv0 ^= a;\n} else {",
        new Body(block(scope.inner())),
        rng.onceIn(4) ? "}\n}" : "v1 ^= going.await;\n}\n}");
  }

  private Stmt dyn(Scope scope) {
    return Stmt.of(
        Feature.DYN,
        "{\nlet going: Boxed = if " + condition() + " {\nBox::pin(",
        future(scope.inner()),
        ")\n} else {\nBox::pin(",
        future(scope.inner()),
        ")\n};",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "v2 = going.await;\n}");
  }

  private Stmt spawn(Scope scope) {
    int event = rng.below(8);
    cost += 4L * scope.factor();
    return Stmt.of(
        Feature.SPAWN,
        "{\nspawn(Box::pin(async move {" + locals("v0"),
        new Body(block(scope.own(1))),
        "set(" + event + ");\n" + result() + "\n}));",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        rng.onceIn(4) ? "}" : "v1 ^= event(" + id() + ", " + event + ").await;\n}");
  }

  private Stmt optionOfFuture(Scope scope) {
    return Stmt.of(
        Feature.OPTION_OF_FUTURE,
        "{\nlet mut slot = None;\nif " + condition() + " {\nslot = Some(",
        future(scope.inner()),
        ");\n}",
        new Body(block(scope.inner())),
        "if let Some(future) = slot {\nv0 ^= future.await;\n} else {",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "}\n}");
  }

  private Stmt early(Scope scope) {
    var leave =
        scope.loops() && rng.onceIn(3)
            ? "break"
            : scope.fails()
                ? "return " + (rng.onceIn(2) ? "Err" : "Ok") + "(" + variable() + ")"
                : "return Val::make(" + variable() + ")";
    var condition = variable() + " % 8 == " + rng.below(8);
    return Stmt.of(Feature.EARLY_RETURN, "if " + condition + " {\n" + leave + ";\n}");
  }

  private Stmt fallible(Scope scope) {
    var found = callees.stream().filter(c -> c.feature() == Feature.FALLIBLE).toList();
    if (!scope.fails()) {
      return await(scope);
    }
    if (found.isEmpty() || rng.onceIn(3)) {
      return Stmt.of(
          Feature.QUESTION_MARK,
          variable() + " = checked(",
          new Part.Future(Part.row(futureCall(scope))),
          ").await?;");
    }
    var callee = rng.pick(found);
    cost += (long) scope.factor() * callee.cost();
    return Stmt.of(
        Feature.QUESTION_MARK, variable() + " = " + callee.name() + "(" + argument() + ").await?;");
  }

  private Stmt borrowed(Scope scope) {
    var found = callees.stream().filter(c -> c.feature() == Feature.BORROW).toList();
    if (found.isEmpty()) {
      return await(scope);
    }
    var callee = rng.pick(found);
    cost += (long) scope.factor() * callee.cost();
    return Stmt.of(
        Feature.BORROW,
        "{\nlet mut place = v1;\nv0 ^= " + callee.name() + "(v0, &mut place).await;\n",
        new Body(rng.onceIn(2) ? List.of() : block(scope.inner())),
        "v1 = place;\n}");
  }

  /// A result that is no number, taken apart.
  private Stmt result(Scope scope) {
    var found =
        callees.stream()
            .filter(c -> c.feature() == Feature.ENUM || c.feature() == Feature.FALLIBLE)
            .toList();
    if (found.isEmpty()) {
      return await(scope);
    }
    var callee = rng.pick(found);
    cost += (long) scope.factor() * callee.cost();
    var arms =
        callee.feature() == Feature.ENUM
            ? List.of(
                "Deep::Wide(w) => {\nv1 ^= w.fold();", "Deep::Held(g) => {", "_ => {\nv2 += 0;")
            : List.of("Ok(a) if a & 1 == 0 => {\nv1 ^= a;", "Ok(a) => {\nv0 = a;", "Err(b) => {");
    return Stmt.of(
        Feature.ENUM,
        "match " + callee.name() + "(" + argument() + ").await {\n" + arms.get(0),
        new Body(block(scope.inner())),
        "}\n" + arms.get(1),
        new Body(List.of(await(scope.inner()))),
        "}\n" + arms.get(2),
        new Body(List.of(simple(scope.inner()))),
        "}\n}");
  }

  /// A future of a number that borrows nothing.
  private Part future(Scope scope) {
    return scope.depth() < DEPTH && cost <= COST && rng.onceIn(3)
        ? own(block(scope.own(1)))
        : new Part.Future(Part.row(futureCall(scope)));
  }

  /// A block with numbers of its own.
  private Part own(List<Stmt> statements) {
    return new Part.Future(
        Part.row("async move {" + locals(argument()), new Body(statements), result() + "\n}"));
  }

  /// A future of a number, made by one expression.
  private String futureCall(Scope scope) {
    if (callees.isEmpty() || cost > COST || rng.onceIn(3)) {
      return leaf(scope);
    }
    var callee = rng.pick(callees);
    cost += (long) scope.factor() * callee.cost();
    return call(callee, argument());
  }

  private String leaf(Scope scope) {
    cost += 3L * scope.factor();
    return switch (rng.below(8)) {
      case 0 -> "Now(" + argument() + ")";
      case 1, 2 -> "later(" + id() + ", " + rng.from(1, 3) + ", " + argument() + ")";
      default -> "yields(" + id() + ", " + rng.below(4) + ", " + argument() + ")";
    };
  }

  /// A call whose future gives a number, whatever the function itself gives.
  private String call(Callee callee, String argument) {
    var name = callee.name();
    return switch (callee.feature()) {
      case FALLIBLE, ENUM -> "folded(" + name + "(" + argument + "))";
      case WIDE ->
          name
              + "("
              + argument
              + ", "
              + (rng.onceIn(3) ? "[0; _]" : "make(" + variable() + ")")
              + ")";
      case GENERIC -> name + "::<" + type() + ">(" + argument + ", make(" + argument() + "))";
      case METHOD ->
          rng.onceIn(2)
              ? "stepped(s" + name + "(" + argument + "), " + variable() + ")"
              : "({ let mut step = s"
                  + (name + "(" + argument + "); async move { twice(&mut step, 3).await } })");
      case RECURSION -> name + "(" + rng.from(1, 2) + ", " + argument + ")";
      case BORROW ->
          "({ let x = "
              + (argument + "; async move { let mut out = 5; " + name)
              + "(x, &mut out).await ^ out } })";
      default -> name + "(" + argument + ")";
    };
  }

  private String variable() {
    return rng.pick(VARIABLES);
  }

  private String argument() {
    var variable = variable();
    return switch (rng.below(5)) {
      case 0 -> variable + ".wrapping_add(" + rng.below(100) + ")";
      case 1 -> variable + " ^ " + variable();
      case 2 -> String.valueOf(rng.below(10_000)) + "u32";
      default -> variable;
    };
  }

  private String condition() {
    return switch (rng.below(4)) {
      case 0 -> variable() + " & 1 == 0";
      case 1 -> variable() + " % 3 != 1";
      case 2 -> variable() + " < " + variable();
      default -> variable() + " & 8 != 0";
    };
  }

  private String type() {
    return switch (rng.below(4)) {
      case 0 -> "[u8; " + size() + "]";
      case 1 -> "Holder<[u16; " + Math.max(1, size() / 4) + "]>";
      default -> rng.pick(SMALL);
    };
  }

  /// Bytes of an array: small ones mostly, some up to 4 KB.
  private int size() {
    return switch (rng.below(8)) {
      case 0 -> rng.from(1024, 4096);
      case 1, 2 -> rng.from(128, 1023);
      case 3, 4 -> rng.from(33, 127);
      default -> rng.from(1, 32);
    };
  }

  private int id() {
    return ++ids;
  }
}
