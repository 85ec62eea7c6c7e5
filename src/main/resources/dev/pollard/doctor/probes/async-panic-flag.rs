//# title: `-Zasync-panic`: a finished future that is polled again pends instead of panicking
//# flag: async-panic
//# since: proposed (compiler-team MCP 1016)
//# instead: `pollard build --resumed-panics pending` (or `shared`, the default; `trap`) on any rustc
