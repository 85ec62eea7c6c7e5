package dev.pollard.tune;

import dev.pollard.diagnostic.Progress;
import dev.pollard.pass.Pipeline;
import dev.pollard.pass.inlining.CallSites;
import dev.pollard.pass.inlining.InlineDecision;
import dev.pollard.pass.inlining.InlineDecision.Kind;
import dev.pollard.pass.inlining.InlineDecisions;
import dev.pollard.report.TuneLog;
import dev.pollard.worker.WorkerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Looks for calls that are better inlined, or better left, than LLVM's inliner has it.
///
/// Each trial tests many moves at once, in parts of the call graph that have nothing to do with
/// each other: what became of the functions of each part tells what its move did. Those that made
/// theirs smaller are put together and tried as one; only what such a trial says of the whole
/// program is believed.
///
/// The same program, base, seed and number of trials give the same decisions, however many workers
/// there are.
public final class InlineSearch {
  /// Trials at once, whatever the number of workers.
  private static final int WIDTH = 4;

  /// Moves in one trial: more of them meet each other more often.
  private static final int MOVES = 48;

  /// After so many rounds the program has its say.
  private static final int ROUNDS = 3;

  /// A move that costs so many bytes is not tried again.
  private static final long HOPELESS = 160;

  /// A move that should cost so many bytes is not tried at all. What a call's arguments make of a
  /// function is often far less than its size says: five copies of 50 bytes were 36 bytes less than
  /// five calls.
  private static final long UNLIKELY = 1000;

  /// What a call takes, bytes, and what an instruction of LLVM's does.
  private static final long CALL = 6;

  private static final long BYTES = 3;

  /// By so many bytes, and by a third of what its functions promised, a program may be larger than
  /// that.
  private static final long DOUBT = 24;

  private final Evaluator evaluator;
  private final Budget budget;
  private final Progress progress;
  private final CallSites calls;
  private final CallTree tree;
  private final Random random;
  private final OptionalInt limit;
  private final long start = System.nanoTime();
  private final List<TuneLog.Step> steps = new ArrayList<>();
  private final Map<Group, Long> gains = new HashMap<>();
  private final Map<Move, Long> effects = new HashMap<>();
  private int trials;
  private int tried;

  /// @param calls the program's
  public InlineSearch(
      Evaluator evaluator,
      Budget budget,
      Progress progress,
      CallSites calls,
      Tuning.Request request) {
    this.evaluator = evaluator;
    this.budget = budget;
    this.progress = progress;
    this.calls = calls;
    this.tree = new CallTree(calls);
    this.random = new Random(request.seed());
    this.limit = request.trials();
  }

  /// A change of decisions.
  ///
  /// @param sites which calls
  /// @param kind what becomes of them; empty: left to LLVM's inliner
  private record Move(List<Integer> sites, Optional<Kind> kind) {}

  /// What decisions of one kind about one function's calls have in common.
  private record Group(Kind kind, int callee) {}

  /// Where the search is.
  ///
  /// @param base the passes
  /// @param sizes bytes of code by function
  private record State(
      Recipe base, Map<Integer, Kind> decided, Evaluation evaluation, Map<String, Long> sizes) {
    long flash() {
      return evaluation.flash();
    }

    Set<String> present() {
      return sizes.keySet();
    }
  }

  /// Searches from a recipe on until the budget or the ideas are spent.
  ///
  /// @param base a recipe that may be taken
  /// @param others recipes that may be better with what is decided, tried at the end
  /// @param bound what no result's stack may exceed
  /// @param stockFlash against which savings are told
  /// @param better hears the base, then each better recipe that may be taken, as it is found
  /// @throws WorkerException when the base cannot be evaluated
  public void run(
      Recipe base,
      List<Recipe> others,
      Evaluation bound,
      long stockFlash,
      BiConsumer<RecipeSearch.Candidate, TuneLog> better)
      throws WorkerException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Integer, Kind> known = decided(base.inlining());
      Trial first = evaluator.evaluateByFunction(recipe(base, known));
      var sure = new State(base, known, first.evaluation(), first.functions());
      tell(stockFlash, sure, better);
      if (sure.sizes().isEmpty()) {
        return; // an object that does not tell its functions tells no move from another
      }
      long before;
      do {
        before = sure.flash();
        List<Move> left = moves(sure);
        State guess = sure;
        List<Part> pending = new ArrayList<>();
        for (int round = 1; !left.isEmpty() && goesOn(first); round++) {
          guess = round(executor, guess, left, pending);
          if (!pending.isEmpty() && (round % ROUNDS == 0 || left.isEmpty() || !goesOn(first))) {
            State found = confirmed(executor, bound, sure, List.copyOf(pending));
            if (isLess(found, sure)) {
              sure = found;
              tell(stockFlash, sure, better);
            }
            pending.clear();
            guess = sure;
          }
          progress.step(Pipeline.SEARCH, trials, 0, Math.max(0, stockFlash - sure.flash()));
        }
      } while (sure.flash() < before && goesOn(first));
      Optional<State> other = otherwise(executor, bound, sure, others);
      if (other.isPresent()) {
        tell(stockFlash, other.get(), better);
      }
    }
  }

  /// The same decisions with other recipes: a few trials, whatever the time.
  private Optional<State> otherwise(
      ExecutorService executor, Evaluation bound, State state, List<Recipe> others) {
    return states(
            executor,
            others.stream()
                .filter(r ->
                    !r.deciding(InlineDecisions.NONE)
                        .equals(state.base().deciding(InlineDecisions.NONE)))
                .map(r -> new Choice(r, state.decided()))
                .toList())
        .stream()
        .flatMap(Optional::stream)
        .filter(s -> isBetter(s, state, bound))
        .min(Comparator.comparingLong(State::flash));
  }

  private void tell(
      long stockFlash, State state, BiConsumer<RecipeSearch.Candidate, TuneLog> better) {
    steps.add(new TuneLog.Step((System.nanoTime() - start) / 1e9, trials, state.flash()));
    better.accept(
        new RecipeSearch.Candidate(recipe(state.base(), state.decided()), state.evaluation()),
        new TuneLog("", "", stockFlash, steps, groups(state), trials, tried));
  }

  /// What is decided by callee, the most bytes first.
  private List<TuneLog.Group> groups(State state) {
    Map<Group, Integer> sites = new LinkedHashMap<>();
    state
        .decided()
        .forEach((site, kind) ->
            sites.merge(new Group(kind, calls.sites().get(site).callee()), 1, Integer::sum));
    return sites.entrySet().stream()
        .map(e ->
            new TuneLog.Group(
                e.getKey().kind().word(),
                calls.functions().get(e.getKey().callee()).key(),
                e.getValue(),
                tree.callsOf(e.getKey().callee()),
                gains.getOrDefault(e.getKey(), 0L)))
        .sorted(Comparator.comparingLong(TuneLog.Group::bytes).thenComparing(TuneLog.Group::callee))
        .toList();
  }

  private boolean goesOn(Trial first) {
    return (limit.isEmpty() || trials < limit.getAsInt())
        && budget.allows(first.time().multipliedBy(2 * WIDTH / evaluator.parallelism()));
  }

  private Map<Integer, Kind> decided(InlineDecisions decisions) {
    Map<InlineDecision, Integer> places = new HashMap<>();
    for (int i = 0; i < calls.sites().size(); i++) {
      for (Kind kind : Kind.values()) {
        places.put(decision(i, kind), i);
      }
    }
    Map<Integer, Kind> decided = new TreeMap<>();
    decisions
        .all()
        .forEach(d -> Optional.ofNullable(places.get(d)).ifPresent(i -> decided.put(i, d.kind())));
    return decided;
  }

  private InlineDecision decision(int index, Kind kind) {
    CallSites.Site site = calls.sites().get(index);
    return new InlineDecision(
        kind,
        calls.functions().get(site.callee()).key(),
        calls.functions().get(site.caller()).key(),
        site.ordinal());
  }

  private Recipe recipe(Recipe base, Map<Integer, Kind> decided) {
    return base.deciding(
        new InlineDecisions(
            decided.entrySet().stream().map(e -> decision(e.getKey(), e.getValue())).toList()));
  }

  /// What is worth a try, the likely ones first. What has changed nothing before, or made it much
  /// larger, is not.
  private List<Move> moves(State state) {
    List<Guess> guesses = new ArrayList<>();
    for (int i = 0; i < calls.functions().size(); i++) {
      int f = i;
      List<Integer> sites = tree.sitesOf(f);
      if (!sites.isEmpty()) {
        Optional<Long> size =
            Optional.ofNullable(state.sizes().get(calls.functions().get(f).symbol()));
        size.ifPresentOrElse(
            bytes -> movesOfPresent(sites, bytes, guesses),
            () -> movesOfInlined(f, sites, guesses));
        List<Integer> decided = sites.stream().filter(state.decided()::containsKey).toList();
        if (!decided.isEmpty()) {
          guesses.add(new Guess(new Move(decided, Optional.empty()), 0));
        }
      }
    }
    Collections.shuffle(guesses, random);
    return guesses.stream()
        .filter(g -> isOpen(g.move()) && !isNothing(state, g.move()))
        .sorted(Comparator.comparingLong(Guess::bytes))
        .map(Guess::move)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// A move and what it might cost, bytes: for their order alone.
  private record Guess(Move move, long bytes) {}

  private boolean isOpen(Move move) {
    long effect = effects.getOrDefault(move, -1L);
    return effect != 0 && effect < HOPELESS;
  }

  /// A function that is there may be inlined at all its calls or at one; some of its calls may be
  /// inlined already.
  private static void movesOfPresent(List<Integer> sites, long bytes, List<Guess> guesses) {
    long all = (bytes - CALL) * (sites.size() - 1) - CALL * sites.size();
    if (all < UNLIKELY) {
      guesses.add(new Guess(new Move(sites, Optional.of(Kind.INLINE)), all));
    }
    if (sites.size() > 1) {
      guesses.add(new Guess(new Move(sites, Optional.of(Kind.APART)), 0));
      for (int site : sites) {
        guesses.add(new Guess(new Move(List.of(site), Optional.of(Kind.APART)), CALL));
        if (bytes < UNLIKELY) {
          guesses.add(new Guess(new Move(List.of(site), Optional.of(Kind.INLINE)), bytes));
        }
      }
    }
  }

  /// A function that is inlined everywhere may be taken out again.
  private void movesOfInlined(int function, List<Integer> sites, List<Guess> guesses) {
    long bytes = BYTES * calls.functions().get(function).instructions();
    guesses.add(
        new Guess(
            new Move(sites, Optional.of(Kind.APART)),
            sites.size() > 1 ? -bytes * (sites.size() - 1) / 2 : CALL));
  }

  /// One round of batches: adds what was good to `pending`, and says what that should make.
  private State round(ExecutorService executor, State state, List<Move> left, List<Part> pending) {
    List<List<Move>> batches = batches(state, left);
    List<Optional<Trial>> results =
        evaluate(
            executor,
            batches.stream().map(b -> recipe(state.base(), applied(state.decided(), b))).toList());
    tried += batches.stream().mapToInt(List::size).sum();
    Map<Integer, Kind> decided = state.decided();
    Map<String, Long> sizes = new HashMap<>(state.sizes());
    for (int i = 0; i < batches.size(); i++) {
      if (results.get(i).isPresent()) {
        for (Part part : parts(state, batches.get(i), results.get(i).get())) {
          part.moves().forEach(m -> effects.put(m, part.bytes()));
          if (part.bytes() < 0) {
            pending.add(part);
            decided = applied(decided, part.moves());
            part.changes().forEach((f, change) -> sizes.merge(f, change, Long::sum));
          }
        }
      }
    }
    sizes.values().removeIf(b -> b <= 0);
    return new State(state.base(), decided, state.evaluation(), sizes);
  }

  /// What the program says of all that was good. Where it says much less than the functions did (a
  /// call of a library's division costs what the library has of it, which no function tells), both
  /// halves are asked, and so on, until the one that is to blame is alone.
  private State confirmed(
      ExecutorService executor, Evaluation bound, State state, List<Part> pending) {
    State best = state;
    Deque<List<Part>> todo = new ArrayDeque<>(List.of(pending));
    while (!todo.isEmpty()) {
      List<List<Part>> asked = new ArrayList<>();
      while (!todo.isEmpty() && asked.size() < 2) {
        asked.add(todo.pop());
      }
      State from = best;
      List<Optional<State>> said =
          states(executor, asked.stream().map(p -> choice(from, p)).toList());
      int taken = -1;
      for (int i = 0; i < asked.size(); i++) {
        if (isSound(said.get(i), from, asked.get(i), bound)
            && (taken < 0 || isLess(said.get(i).orElseThrow(), said.get(taken).orElseThrow()))) {
          taken = i;
        }
      }
      for (int i = 0; i < asked.size(); i++) {
        List<Part> parts = asked.get(i);
        if (i == taken) {
          parts.forEach(this::credit);
        } else if (isSound(said.get(i), from, parts, bound)) {
          todo.push(parts); // after the one that is taken
        } else if (parts.size() > 1) {
          todo.push(parts.subList(parts.size() / 2, parts.size()));
          todo.push(parts.subList(0, parts.size() / 2));
        } else {
          // It had its chance, and is judged by the whole program from now on.
          long real = said.get(i).map(s -> s.flash() - from.flash()).orElse(HOPELESS);
          parts.getFirst().moves().forEach(m -> effects.put(m, Math.max(1, real)));
        }
      }
      best = taken < 0 ? best : said.get(taken).orElseThrow();
    }
    return best;
  }

  /// Whether a choice is better, and nearly as much as its functions promised.
  private static boolean isSound(
      Optional<State> said, State from, List<Part> parts, Evaluation bound) {
    long promised = parts.stream().mapToLong(Part::bytes).sum();
    return said.filter(s -> isBetter(s, from, bound))
        .filter(s ->
            parts.size() == 1
                || s.flash() - from.flash() - promised < Math.max(DOUBT, -promised / 3))
        .isPresent();
  }

  private static boolean isBetter(State state, State than, Evaluation bound) {
    return isLess(state, than) && state.evaluation().deepestPollPath() <= bound.deepestPollPath();
  }

  private static boolean isLess(State state, State than) {
    return state.flash() < than.flash();
  }

  private static Choice choice(State state, List<Part> parts) {
    return new Choice(
        state.base(),
        applied(state.decided(), parts.stream().flatMap(p -> p.moves().stream()).toList()));
  }

  /// What may come next.
  private record Choice(Recipe base, Map<Integer, Kind> decided) {}

  /// What becomes of several choices; empty for one that LLVM cannot take.
  private List<Optional<State>> states(ExecutorService executor, List<Choice> choices) {
    List<Optional<Trial>> results =
        evaluate(executor, choices.stream().map(c -> recipe(c.base(), c.decided())).toList());
    List<Optional<State>> states = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      states.add(
          results
              .get(i)
              .map(t -> new State(choice.base(), choice.decided(), t.evaluation(), t.functions())));
    }
    return states;
  }

  private void credit(Part part) {
    for (Move move : part.moves()) {
      move.kind()
          .ifPresent(kind ->
              gains.merge(
                  new Group(kind, calls.sites().get(move.sites().getFirst()).callee()),
                  part.bytes() / part.moves().size(),
                  Long::sum));
    }
  }

  /// Takes moves off `left` that meet nowhere, and deals them out; in no two batches of a round is
  /// the same call.
  private List<List<Move>> batches(State state, List<Move> left) {
    List<List<Move>> batches = new ArrayList<>();
    Set<Integer> sites = new HashSet<>();
    for (int i = 0; i < WIDTH; i++) {
      Set<Integer> taken = new HashSet<>();
      List<Move> batch = new ArrayList<>();
      for (var moves = left.iterator(); moves.hasNext() && batch.size() < MOVES; ) {
        Move move = moves.next();
        if (isNothing(state, move)) {
          moves.remove();
          continue;
        }
        Set<Integer> zone = zone(state, move);
        if (Collections.disjoint(zone, taken) && Collections.disjoint(move.sites(), sites)) {
          moves.remove();
          taken.addAll(zone);
          sites.addAll(move.sites());
          batch.add(move);
        }
      }
      if (!batch.isEmpty()) {
        batches.add(batch);
      }
    }
    return batches;
  }

  private static boolean isNothing(State state, Move move) {
    return move.sites().stream()
        .allMatch(s -> Optional.ofNullable(state.decided().get(s)).equals(move.kind()));
  }

  private Set<Integer> zone(State state, Move move) {
    Set<Integer> zone = new HashSet<>();
    move.sites().forEach(s -> zone.addAll(tree.zone(s, state.present())));
    return zone;
  }

  private static Map<Integer, Kind> applied(Map<Integer, Kind> decided, Collection<Move> moves) {
    Map<Integer, Kind> result = new TreeMap<>(decided);
    for (Move move : moves) {
      for (int site : move.sites()) {
        move.kind().ifPresentOrElse(k -> result.put(site, k), () -> result.remove(site));
      }
    }
    return result;
  }

  /// Moves whose effects cannot be told apart.
  ///
  /// @param bytes by how much the functions grew that they changed
  /// @param changes by how much each of them grew
  private record Part(List<Move> moves, long bytes, Map<String, Long> changes) {}

  /// What each move of a trial did.
  private List<Part> parts(State state, List<Move> batch, Trial trial) {
    Map<Integer, Set<Integer>> owners = new HashMap<>();
    for (int m = 0; m < batch.size(); m++) {
      for (int function : zone(state, batch.get(m))) {
        owners.computeIfAbsent(function, _ -> new LinkedHashSet<>()).add(m);
      }
    }
    var groups = new Groups(batch.size());
    Map<String, Integer> owned = new TreeMap<>();
    Map<String, Long> changes = changes(state.sizes(), trial.functions());
    changes
        .keySet()
        .forEach(symbol -> {
          int function = tree.index(symbol);
          Set<Integer> moves = function < 0 ? Set.of() : tree.nearestOwners(function, owners);
          if (!moves.isEmpty()) {
            owned.put(symbol, groups.join(moves));
          }
        });
    Map<Integer, List<Move>> moves = new LinkedHashMap<>();
    for (int m = 0; m < batch.size(); m++) {
      moves.computeIfAbsent(groups.find(m), _ -> new ArrayList<>()).add(batch.get(m));
    }
    Map<Integer, Map<String, Long>> byGroup = new HashMap<>();
    owned.forEach((symbol, move) ->
        byGroup
            .computeIfAbsent(groups.find(move), _ -> new TreeMap<>())
            .put(symbol, changes.getOrDefault(symbol, 0L)));
    List<Part> parts = new ArrayList<>();
    moves.forEach((group, m) -> {
      Map<String, Long> own = byGroup.getOrDefault(group, Map.of());
      parts.add(new Part(m, own.values().stream().mapToLong(Long::longValue).sum(), own));
    });
    return parts;
  }

  private static Map<String, Long> changes(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> changes = new TreeMap<>();
    before.forEach((symbol, bytes) -> changes.merge(symbol, -bytes, Long::sum));
    after.forEach((symbol, bytes) -> changes.merge(symbol, bytes, Long::sum));
    changes.values().removeIf(b -> b == 0);
    return changes;
  }

  /// Sets of moves that are joined one by one.
  private static final class Groups {
    private final int[] parent;

    Groups(int count) {
      parent = new int[count];
      Arrays.setAll(parent, i -> i);
    }

    int find(int move) {
      int root = move;
      while (parent[root] != root) {
        root = parent[root];
      }
      return root;
    }

    int join(Collection<Integer> moves) {
      int root = find(moves.iterator().next());
      moves.forEach(m -> parent[find(m)] = root);
      return root;
    }
  }

  private List<Optional<Trial>> evaluate(ExecutorService executor, List<Recipe> recipes) {
    trials += recipes.size();
    return recipes.stream()
        .map(r -> CompletableFuture.supplyAsync(() -> tryOne(r), executor))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private Optional<Trial> tryOne(Recipe recipe) {
    try {
      return Optional.of(evaluator.evaluateByFunction(recipe));
    } catch (WorkerException _) {
      // Moves that LLVM cannot take are moves that bring nothing.
      return Optional.empty();
    }
  }
}
