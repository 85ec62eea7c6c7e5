// Runs the module in Node: fetches the pages that it asks for, from a site in memory.
//
//   node run.mjs [MODULE.wasm]
//
// Answers come last asked, first served, so that nothing arrives in the order it was asked for,
// and every run prints the same.
import { readFile } from "node:fs/promises";

const target = process.env.CARGO_TARGET_DIR ?? new URL("target", import.meta.url).pathname;
const file = process.argv[2] ?? `${target}/wasm32-unknown-unknown/release/wasm_crawler.wasm`;

const site = new Map([
  ["/", "A site about futures. ->/poll ->/pin ->/wake ->/lost"],
  ["/poll", "A future is polled until it is ready. See also ->/wake and ->/"],
  ["/mirror/pin", "Pinned values stay where they are, this page is from the mirror. ->/poll ->/unpin"],
  ["/wake", "Wakers say that polling is worth while again. ->/executor"],
  ["/mirror/wake", "The mirror is asked second and answers first. ->/executor"],
  ["/unpin", "Most values do not care. ->/pin"],
  ["/executor", "It polls what was woken. ->/poll ->/wake ->/park"],
  ["/park", "Nothing to do, nobody to wake."],
]);

const asked = [];
const decoder = new TextDecoder();
const encoder = new TextEncoder();
const text = (pointer, length) =>
  decoder.decode(new Uint8Array(module.exports.memory.buffer, pointer, length));

const imports = {
  host: {
    fetch: (request, pointer, length) => asked.push([request, text(pointer, length)]),
    print: (pointer, length) => console.log(text(pointer, length)),
  },
};

const { instance: module } = await WebAssembly.instantiate(await readFile(file), imports);
const { start, allocate, deliver, memory } = module.exports;

start();
while (asked.length > 0) {
  const [request, path] = asked.pop();
  const page = site.get(path);
  if (page === undefined) {
    deliver(request, 0, 0);
    continue;
  }
  const bytes = encoder.encode(page);
  const pointer = allocate(bytes.length);
  new Uint8Array(memory.buffer, pointer, bytes.length).set(bytes);
  deliver(request, pointer, bytes.length);
}
