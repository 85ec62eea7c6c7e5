# kill -9 at random moments of a build: the artifact that is there is whole, and the next build heals.
# Sourced by ./test. POLLARD_TEST_KILLS is the number of rounds, POLLARD_TEST_SEED repeats the moments.
# shellcheck shell=bash

# killed COMMAND...: starts it in a session of its own and kills all of that at the moment $after, in
# milliseconds; of $only other than all, one process at random. Waits until nobody of it is left.
killed() {
  local session victim
  setsid "$@" > "$work/killed.log" 2>&1 &
  session=$!
  sleep "$((after / 1000)).$(printf %03d $((after % 1000)))"
  if [ "$only" = all ]; then
    # The session has one process group: who is in it dies at once.
    kill -9 -- -$session 2> /dev/null
  else
    victim=$(pgrep -s $session | shuf -n 1)
    [ -z "$victim" ] || kill -9 "$victim" 2> /dev/null
  fi
  wait $session 2> /dev/null
  for _ in $(seq 300); do
    pgrep -s $session > /dev/null || return 0
    sleep 0.1
  done
  pkill -9 -s $session
  return 1
}

kills() {
  local app=$work/kill target=$work/kill-target program stock pruned usual seed round start after only
  local rounds=${POLLARD_TEST_KILLS:-8} whole orphans=0 torn=0 unhealed=0 left=0 seen='' states=(absent stock pruned)
  program=$target/release/small
  cp -r src/test/e2e/programs/small "$app"
  cp -r "$app" "$work/kill-sources"

  # build [VARIABLE=VALUE...]
  build() { (cd "$app" && env CARGO_TARGET_DIR="$target" "$@" "$root/pollard" build) > "$work/kill.log" 2>&1; }
  # told ROUND WHAT: keeps what is needed to see what went wrong.
  told() { echo "round $1, $only killed $after ms after the start, $start before: $2" >> "$work/kills.log"; }
  # Every artifact that cargo or a user may run prints what it should.
  whole() {
    local file
    for file in "$program" "$target"/release/deps/small-*; do
      case $file in *.d) continue ;; esac
      [ ! -e "$file" ] || [ "$("$file")" = works ] || return 1
    done
  }

  build POLLARD_OFF=1
  cp "$program" "$work/kill.stock" || { failed 'the program builds' "$work/kill.log"; return; }
  stock=$work/kill.stock
  touch "$app/src/main.rs"
  usual=$(date +%s%3N)
  build
  usual=$(($(date +%s%3N) - usual))
  pruned=$work/kill.pruned
  cp "$program" "$pruned"
  check 'a build that nobody kills prunes' eval '! cmp -s "$stock" "$pruned" && whole'

  seed=${POLLARD_TEST_SEED:-$(date +%s)}
  RANDOM=$seed
  echo "kill: $rounds rounds within $usual ms, POLLARD_TEST_SEED=$seed"
  : > "$work/kills.log"
  for round in $(seq "$rounds"); do
    start=${states[RANDOM % 3]}
    after=$((usual * RANDOM / 32768))
    only=all
    [ $((round % 4)) -ne 0 ] || only=one
    rm -rf "$target/pollard/cache"
    case $start in
      absent) rm -rf "$target" ;;
      stock) build POLLARD_OFF=1 ;;
      pruned) build ;;
    esac
    touch "$app/src/main.rs"
    rm -rf "$target/pollard/cache"
    killed env -C "$app" CARGO_TARGET_DIR="$target" "$root/pollard" build ||
      { orphans=$((orphans + 1)); told "$round" 'a process lives on'; }
    whole || { torn=$((torn + 1)); told "$round" 'an artifact is not whole'; }
    if [ ! -e "$program" ]; then seen+=a; elif cmp -s "$program" "$stock"; then seen+=s; else seen+=p; fi
    # Who killed a worker alone let the build end: with stock, which stays until something changes.
    [ $only = all ] || touch "$app/src/main.rs"
    build
    if ! whole || ! [ -e "$program" ] || cmp -s "$program" "$stock" || ! grep -q '^  flash ' "$work/kill.log"; then
      # What was published a moment before the end needs no second prune.
      if ! { grep -q 'unchanged, not pruned again' "$work/kill.log" && ! cmp -s "$program" "$stock" && whole; }; then
        unhealed=$((unhealed + 1))
        told "$round" "the next build does not heal"
        tail -n 5 "$work/kill.log" >> "$work/kills.log"
      fi
    fi
    [ -z "$(find "$target" "$app" \( -name '.pollard*' -o -name '*.tmp' -o -name '*.lto.*' -o -name '*@*' -o -name 'hs_err*' \) 2> /dev/null)" ] ||
      { left=$((left + 1)); told "$round" 'something is left'; }
  done
  # none NAME COUNT
  none() { if [ "$2" -eq 0 ]; then passed "$1"; else failed "$1: not in $2 of $rounds" "$work/kills.log"; fi; }
  none "kill -9: each artifact is whole (absent, stock, pruned: $seen)" $torn
  none 'kill -9: the next build prunes' $unhealed
  none 'kill -9: no process lives on' $orphans
  none 'kill -9: nothing is left after the next build' $left
  check 'kill -9: the sources are as they were' diff -r -x Cargo.lock "$app" "$work/kill-sources"
}

if ! command -v cargo > /dev/null; then
  skipped 'kill: no cargo'
elif ! command -v setsid > /dev/null; then
  skipped 'kill: no setsid'
else
  kills
fi
