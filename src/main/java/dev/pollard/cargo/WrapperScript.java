package dev.pollard.cargo;

import java.util.Optional;

/// The script that `pollard init` leaves in a project's `.cargo` folder. It calls Pollard where it
/// is installed; elsewhere the wrapper that was there before, or rustc.
public final class WrapperScript {
  /// The script's file name; [WorkspaceWrapper#isPollard] knows it.
  public static final String NAME = "pollard-rustc";

  private static final String SIGN = "# Written by pollard init.";

  /// `@CHAIN@` is the wrapper that was there before. cargo calls the script by its absolute path,
  /// and reads a wrapper with a slash from the folder that holds `.cargo`; so does the script.
  private static final String TEXT =
      """
      #!/bin/sh
      @SIGN@ Calls Pollard where it is installed, and rustc where it is not.
      chain='@CHAIN@'
      case $chain in
        /*) ;;
        */*) chain=${0%/*}/../$chain ;;
      esac
      chain=${POLLARD_CHAIN:-$chain}
      home=${POLLARD_HOME:-}
      if [ -z "$home" ]; then
        self=$(command -v pollard 2> /dev/null)
        while [ -h "$self" ]; do
          link=$(readlink "$self")
          case $link in
            /*) self=$link ;;
            *) self=${self%/*}/$link ;;
          esac
        done
        home=${self%/*}
      fi
      if [ -n "$home" ] && [ -x "$home/pollard-rustc" ]; then
        [ -z "$chain" ] || export POLLARD_CHAIN="$chain"
        exec "$home/pollard-rustc" "$@"
      fi
      exec ${chain:+"$chain"} "$@"
      """;

  private WrapperScript() {}

  /// The script's text.
  ///
  /// @param chain the wrapper that was there before, as the configuration file names it
  public static String text(Optional<String> chain) {
    return TEXT.replace("@SIGN@", SIGN).replace("@CHAIN@", chain.orElse("").replace("'", "'\\''"));
  }

  /// Whether a file's text is such a script.
  public static boolean isOne(String text) {
    return text.contains(SIGN);
  }
}
