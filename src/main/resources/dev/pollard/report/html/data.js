// What the page shows: the JSON in it, and what follows from that.
const read = id => JSON.parse(document.getElementById(id).textContent);
const now = read('data');
const before = read('against');

const number = n => Math.round(n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
const percent = (part, whole) => whole ? (100 * part / whole).toFixed(1) + ' %' : '–';
const change = n => n === 0 ? '0' : (n < 0 ? '−' : '+') + number(Math.abs(n));
const bytes = n => number(n) + (n === 1 ? ' byte' : ' bytes');
const tail = path => path ? path.split('/').slice(-2).join('/') : '';
const place = at => at.file ? tail(at.file) + (at.line ? ':' + at.line : '') : '';

// Where the last part of a Rust path begins; arguments in brackets belong to the part that has them.
function lastPart(path, parts = 1) {
  let depth = 0;
  for (let i = path.length - 1; i > 1; i--) {
    const c = path[i];
    if (c === '>' && path[i - 1] !== '-' || c === ')' || c === ']') depth++;
    else if (c === '<' || c === '(' || c === '[') depth--;
    else if (depth === 0 && c === ':' && path[i - 1] === ':' && --parts === 0) return path.slice(i + 1);
  }
  return path;
}
// Lines break behind `::` and `_` first.
const breakable = path => path.replace(/::|_(?!_)/g, '$&\u200b');
const short = path => path.startsWith('[') ? path : lastPart(path, 2);

// The colours of the page: what a share of the flash is.
const CLASSES = {
  own: 'async code itself',
  inlined: 'library code inlined into async',
  drop: 'drop glue of futures',
  code: 'other code',
  constant: 'constants and data',
  other: 'tables, padding, unattributed',
};
function classOf(share) {
  if (share.part && share.part !== 'constant') return share.part;
  if (share.kind === 'code' || share.kind === 'outlined' || share.kind === 'literals') return 'code';
  return share.kind === 'constant' || share.kind === 'data' ? 'constant' : 'other';
}

const pollBytes = m => m.pollBytes + m.dropBytes;
const largest = (machines, value) =>
  machines.reduce((most, m) => value(m) !== null && (!most || value(m) > value(most)) ? m : most, null);

// What is said of one file.
function facts(data) {
  const byName = new Map(data.machines.map(m => [m.name, m]));
  const held = new Set(data.machines.flatMap(m => m.holds));
  const classes = Object.fromEntries(Object.keys(CLASSES).map(c => [c, 0]));
  data.shares.forEach(s => classes[classOf(s)] += s.bytes);
  return {
    byName,
    roots: data.machines.filter(m => !held.has(m.name)),
    classes,
    async: classes.own + classes.inlined + classes.drop,
    future: largest(data.machines, m => m.futureSize),
    frame: largest(data.machines, m => m.stackFrame),
  };
}
const known = facts(now);
const knownBefore = before && facts(before);

// Makes an element: el('p.where', {title: 'x'}, 'text', child…).
function el(what, attributes, ...children) {
  const [tag, ...classes] = what.split('.');
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(c => c !== null && c !== undefined));
  return node;
}
const $ = id => document.getElementById(id);
