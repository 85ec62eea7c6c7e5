package dev.pollard.inspect;

import dev.pollard.name.CoroutineKind;
import java.util.List;
import java.util.OptionalLong;

/// One async machine: the type that debug info describes, without its code.
///
/// @param path as debug info has it, such as `a::f::{async_fn_env#0}`; no two machines share one
/// @param file where it is written; empty when not known
/// @param line from 1; 0 when not known
/// @param futureSize bytes that one future takes in memory; empty when not known
/// @param states in the order of their numbers; empty without debug info of types
/// @param inner the paths of the machines that it holds by value, in any state
public record Machine(
    String path,
    CoroutineKind kind,
    String file,
    int line,
    OptionalLong futureSize,
    List<State> states,
    List<String> inner) {
  public Machine {
    states = List.copyOf(states);
    inner = List.copyOf(inner);
  }

  /// One of which no more is known than that it is there.
  static Machine unknown(String path, CoroutineKind kind) {
    return new Machine(path, kind, "", 0, OptionalLong.empty(), List.of(), List.of());
  }

  /// The first part of a path or of a name, also of a qualified one such as `<a::T as b::U>::f`.
  static String root(String path) {
    String plain = path.startsWith("<") ? path.substring(1) : path;
    int end = plain.indexOf("::");
    return end < 0 ? plain : plain.substring(0, end);
  }

  /// One state.
  ///
  /// @param name `Unresumed`, `Returned`, `Panicked`, or `Suspend0` and so on
  /// @param file where it is in the source: the await, for a suspend point; empty when not known
  /// @param line from 1; 0 when not known
  /// @param heldBytes the sum of what it keeps alive, without the bytes between
  public record State(String name, String file, int line, long heldBytes, List<Held> held) {
    public State {
      held = List.copyOf(held);
    }

    /// Whether it is an await at which the machine may be suspended.
    public boolean isSuspend() {
      return name.startsWith("Suspend");
    }
  }

  /// What a state keeps alive.
  ///
  /// @param name of the local; `__awaitee` is the future that is awaited
  /// @param type its name
  /// @param size bytes
  /// @param offset where it lies in the future, bytes
  public record Held(String name, String type, long size, long offset) {
    /// Whether it is the future that is awaited there.
    public boolean isAwaitee() {
      return name.equals("__awaitee");
    }
  }
}
