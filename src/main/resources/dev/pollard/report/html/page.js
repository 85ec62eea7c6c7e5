// Puts it together. What is open stands behind the # of the address:
// m machine, s state, g grouping, z place in the treemap, q search.
const state = {m: '', s: '', g: 'crate', z: [], q: ''};
const selectedMachine = () => state.m;

function readAddress() {
  const given = new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');
  state.m = given.get('m') || (known.future || now.machines[0] || {name: ''}).name;
  state.s = given.get('s') || '';
  state.g = given.get('g') === 'machine' ? 'machine' : 'crate';
  state.z = given.getAll('z');
  state.q = given.get('q') || '';
}

function address() {
  const to = new URLSearchParams();
  if (state.m) to.set('m', state.m);
  if (state.s) to.set('s', state.s);
  if (state.g !== 'crate') to.set('g', state.g);
  state.z.forEach(z => to.append('z', z));
  if (state.q) to.set('q', state.q);
  return '#' + to;
}

// A new place in the history for what was opened; a search changes the one that is there.
function remember(replaces) {
  if (address() === location.hash) return;
  if (replaces) history.replaceState(null, '', address());
  else history.pushState(null, '', address());
}

function openMachine(name, stateName = '') {
  const focused = document.activeElement.dataset.state;
  const inTree = $('tree').contains(document.activeElement);
  state.m = name;
  state.s = stateName;
  remember(false);
  treeView.draw(name);
  showMachine(name, stateName);
  if (focused) {
    const same = [...document.querySelectorAll('#states [data-state]')].find(g => g.dataset.state === focused);
    if (same) same.focus();
  } else if (inTree) {
    $('tree').querySelector('[tabindex="0"]').focus({preventScroll: true});
  } else {
    $('machine-title').focus({preventScroll: true});
  }
  const top = $('machine').getBoundingClientRect();
  if (top.top > innerHeight - 120 || top.bottom < 120) $('machine').scrollIntoView();
}

// Headline figures.
function figures() {
  const card = (cls, term, value, unit, more, was) => el('div' + cls, {}, el('dt', {}, term),
    el('dd.value', {}, value, unit ? el('small', {}, ' ' + unit) : ''),
    el('dd.more', {}, more || '', was || ''));
  const since = (value, old) => !before || value === null || old === null || value === undefined || old === undefined ? null
    : value === old ? 'the same before'
    : el('span', {}, el('span.' + (value < old ? 'less' : 'grown'), {}, change(value - old)), ` from ${number(old)}`);
  const opens = m => m ? el('button.plain', {type: 'button', onclick: () => openMachine(m.name)}, m.name) : 'not known';
  const both = (a, b) => el('span', {}, a || '', a && b ? el('br') : '', b || '');
  const code = now.kinds.code + now.kinds.outlined + now.kinds.literals;
  $('figures').append(
    card('', 'Flash', number(now.flash), 'bytes', since(now.flash, before && before.flash) || fileKind()),
    card('', 'RAM, static', number(now.ram), 'bytes', since(now.ram, before && before.ram) || 'data and bss'),
    card('.hot', 'Async', percent(known.async, now.flash), 'of flash',
      both(`${number(known.async)}: ${percent(known.async, code)} of the code`, since(known.async, knownBefore && knownBefore.async))),
    card('.hot', 'Largest future', known.future ? number(known.future.futureSize) : '–', known.future ? 'bytes' : '',
      both(opens(known.future), since(known.future && known.future.futureSize, knownBefore && knownBefore.future && knownBefore.future.futureSize))),
    card('.hot', 'Largest poll frame', known.frame ? number(known.frame.stackFrame) : '–', known.frame ? 'bytes of stack' : '',
      known.frame
        ? both(opens(known.frame), since(known.frame.stackFrame, knownBefore && knownBefore.frame && knownBefore.frame.stackFrame))
        : 'the file does not say'));
}

const fileKind = () => now.target.startsWith('wasm') ? 'the whole file' : 'text and data';

function kinds() {
  const strip = el('div.strip', {role: 'img', 'aria-label': 'The flash: ' + Object.keys(CLASSES)
    .map(c => `${CLASSES[c]} ${percent(known.classes[c], now.flash)}`).join(', ')});
  const list = el('ul', {'aria-label': 'The flash by what it is'});
  for (const [cls, text] of Object.entries(CLASSES)) {
    if (!known.classes[cls]) continue;
    const part = el('span.' + cls, {title: `${text}: ${bytes(known.classes[cls])}`});
    part.style.width = 100 * known.classes[cls] / now.flash + '%';
    strip.append(part);
    list.append(el('li', {}, el('span.swatch.' + cls, {'aria-hidden': 'true'}), `${text} ${number(known.classes[cls])}`));
  }
  $('kinds').append(strip, list);
}

// The treemap with its tools.
let flashTable = null;
let words = [];
const match = text => words.every(w => text.toLowerCase().includes(w));
const matchesShare = s => !words.length || match(`${s.function} ${s.crate} ${s.machine || ''}`);
const matchesMachine = m => match(`${m.name} ${m.crate} ${m.file || ''}`);

const PARTS = {own: 'code of machine', inlined: 'inlined into machine', drop: 'drop glue of machine', constant: 'constant that is used by machine'};
const told = flash => node => {
  const d = node.data;
  if (node.children) return `${d.name}, ${bytes(node.value)}, ${percent(node.value, flash)} of flash`;
  const s = d.share;
  const where = s.machine ? `, ${PARTS[s.part]} ${d.rest ? '' : s.machine}` : `, ${CLASSES[d.cls]}`;
  return `${d.name}, ${bytes(d.bytes)}, ${percent(d.bytes, flash)} of flash${where}`;
};

let trees = {};
function map() {
  const tree = trees[state.g] = trees[state.g] || flashTree(now.shares, state.g);
  let node = tree;
  for (const name of state.z) {
    const next = node.children.find(c => c.name === name && c.children);
    if (!next) break;
    node = next;
  }
  state.z = node.path;
  const steps = [['all of the flash', []], ...node.path.map((name, i) => [name, node.path.slice(0, i + 1)])];
  $('path').replaceChildren(...steps.flatMap(([name, path], i) => [
    i ? el('span', {'aria-hidden': 'true'}, '›') : '',
    i === steps.length - 1 ? el('strong', {}, name) : el('button.plain', {type: 'button', onclick: () => zoom(path)}, name),
  ]));
  $('map').say = text => { $('map-read').textContent = text; };
  const tall = Math.max(360, Math.min(620, innerHeight * 0.62));
  drawTreemap($('map'), node, innerWidth < 560 ? 460 : tall, now.flash, n => {
    if (n.children) zoom(n.data.path);
    else if (n.data.share.machine && known.byName.has(n.data.share.machine)) openMachine(n.data.share.machine);
    else if (n.parent && n.parent.depth) zoom(n.parent.data.path);
  }, told(now.flash), matchesShare);
}

function zoom(path) {
  state.z = path;
  remember(false);
  map();
  const first = $('map').querySelector('[tabindex="0"]');
  if (first) first.focus({preventScroll: true});
}

$('map').addEventListener('keydown', event => {
  if (event.key === 'Escape' && state.z.length) zoom(state.z.slice(0, -1));
});

document.querySelectorAll('input[name=group]').forEach(input => input.addEventListener('change', () => {
  state.g = input.value;
  state.z = [];
  remember(false);
  map();
}));

function legend() {
  $('legend').append(...Object.entries(CLASSES).filter(([c]) => known.classes[c])
    .map(([c, text]) => el('li', {}, el('span.swatch.' + c, {'aria-hidden': 'true'}), text)));
  flashTable = table('Functions by bytes of flash', [
    {label: 'Function', value: s => s.function,
      open: s => s.machine && known.byName.has(s.machine) && (() => openMachine(s.machine))},
    {label: 'Crate', value: s => s.crate},
    {label: 'Is', value: s => CLASSES[classOf(s)]},
    {label: 'Machine', value: s => s.machine || ''},
    {label: 'Bytes', value: s => s.bytes, number: true},
    {label: 'Share', value: s => s.bytes, number: true, text: s => percent(s.bytes, now.flash)},
  ], now.shares, 4, true);
  $('map-table').append(flashTable.node);
}

// All machines as a table, and the largest futures as bars.
let machineTable = null;
const machineColumns = [
  {label: 'Machine', value: m => m.name, open: m => () => openMachine(m.name)},
  {label: 'Crate', value: m => m.crate},
  {label: 'Poll code', value: m => m.pollBytes, number: true},
  {label: 'Own', value: m => m.ownBytes, number: true},
  {label: 'Inlined', value: m => m.inlinedBytes, number: true},
  {label: 'Drop glue', value: m => m.dropBytes, number: true},
  {label: 'Retained', value: m => m.retainedBytes, number: true},
  {label: 'Constants', value: m => m.constantBytes, number: true},
  {label: 'Future', value: m => m.futureSize, number: true},
  {label: 'Frame', value: m => m.stackFrame, number: true},
  {label: 'Awaits', value: m => m.states.filter(s => s.name.startsWith('Suspend')).length, number: true},
];

function futures() {
  machineTable = table('Machines', machineColumns, now.machines, 2, true);
  $('tree-table').append(machineTable.node);
  if (now.generics.length) {
    $('tree-table').after(el('details', {id: 'generics'}, el('summary', {}, 'Generic functions with several instances'),
      table('What one copy for all instances would save', [
        {label: 'Function', value: g => g.name, open: g => () => openMachine(g.instances[0])},
        {label: 'Instances', value: g => g.instances.length, number: true},
        {label: 'Code', value: g => g.bytes, number: true},
        {label: 'Merged saves', value: g => g.mergeSaves, number: true},
      ], now.generics, 3, true).node));
  }
  const list = now.machines.filter(m => m.futureSize !== null).sort((a, b) => b.futureSize - a.futureSize);
  if (!list.length) {
    $('futures-chart').append(el('p.quiet', {}, 'The file has no debug info of types.'));
    $('futures-table').hidden = true;
    return;
  }
  const most = Math.max(1, list[0].futureSize);
  const chart = el('div.chart', {});
  list.slice(0, 15).forEach(m => {
    const awaits = m.states.filter(s => s.name.startsWith('Suspend'));
    const track = el('div.track', {role: 'img', 'aria-label': `${m.name}: ${bytes(m.futureSize)}`
      + awaits.slice(0, 8).map(s => `, ${s.name} keeps ${number(s.heldBytes)}`).join('')});
    const bar = el('i');
    bar.style.width = 100 * m.futureSize / most + '%';
    track.append(bar);
    const slots = Math.max(1, awaits.length);
    awaits.slice(0, 60).forEach((s, i) => {
      // One mark for each await, in its own part of the bar: as long as its share of the future.
      const mark = el('u', {title: `${s.name} ${place(s)}: keeps ${bytes(s.heldBytes)}`});
      const slot = 100 * m.futureSize / most / slots;
      mark.style.left = i * slot + '%';
      mark.style.width = Math.max(0.3, slot * 0.92 * Math.min(1, s.heldBytes / Math.max(1, m.futureSize))) + '%';
      track.append(mark);
    });
    chart.append(el('button.plain', {type: 'button', onclick: () => openMachine(m.name)}, m.name), track,
      el('span.number', {}, number(m.futureSize)));
  });
  $('futures-chart').append(chart, el('p.quiet', {}, 'Below each bar one mark for each await: as long in its part'
    + ' as what it keeps of the future.' + (list.length > 15 ? ` The largest 15 of ${number(list.length)}; the table has all.` : '')));
  $('futures-table').append(table('States by the bytes that they keep', [
    {label: 'Machine', value: r => r.m.name, open: r => () => openMachine(r.m.name, r.s.name)},
    {label: 'State', value: r => r.s.name},
    {label: 'Place', value: r => place(r.s)},
    {label: 'Keeps', value: r => r.s.heldBytes, number: true},
    {label: 'Future', value: r => r.m.futureSize, number: true},
  ], list.flatMap(m => m.states.map(s => ({m, s}))), 3, true).node);
}

// Two files side by side: the second is what was before.
function compare() {
  if (!before) return;
  $('compare').hidden = false;
  $('to-compare').hidden = false;
  const saved = before.flash - now.flash;
  $('compare-lead').textContent = `${tail(before.file)} has ${bytes(before.flash)} of flash, ${tail(now.file)} `
    + `${number(now.flash)}: ${percent(Math.abs(saved), before.flash)} ${saved < 0 ? 'more' : 'less'}. Areas are to the same scale.`;
  pair();
  const sums = (list, key, value) => {
    const into = new Map();
    list.forEach(x => into.set(key(x), (into.get(key(x)) || 0) + value(x)));
    return into;
  };
  const joined = (a, b) => [...new Set([...a.keys(), ...b.keys()])]
    .map(name => ({name, before: a.get(name) || 0, now: b.get(name) || 0}));
  const differences = (title, label, rows, open) => {
    $('compare-tables').append(el('details', {open: label === 'Crate'}, el('summary', {}, title), table(title, [
      {label, value: r => r.name, open},
      {label: 'Before', value: r => r.before, number: true},
      {label: 'After', value: r => r.now, number: true},
      {label: 'Difference', value: r => r.now - r.before, number: true, text: r => change(r.now - r.before), signed: true},
    ], rows, 3, false).node));
  };
  const by = (key) => joined(sums(before.shares, key, s => s.bytes), sums(now.shares, key, s => s.bytes));
  differences('By crate', 'Crate', by(s => s.crate));
  differences('By machine: poll code and drop glue', 'Machine',
    joined(sums(before.machines, m => m.name, pollBytes), sums(now.machines, m => m.name, pollBytes)),
    r => known.byName.has(r.name) && (() => openMachine(r.name)));
  differences('By function', 'Function', by(s => s.function).filter(r => r.before !== r.now));
  differences('By future, bytes of RAM', 'Machine',
    joined(sums(before.machines, m => m.name, m => m.futureSize || 0), sums(now.machines, m => m.name, m => m.futureSize || 0))
      .filter(r => r.before || r.now));
}

function pair() {
  if (!before) return;
  const most = Math.max(before.flash, now.flash);
  const full = innerWidth < 560 ? 300 : 420;
  $('pair').replaceChildren();
  for (const [label, data] of [['before', before], ['after', now]]) {
    const box = el('div.treemap', {role: 'group', 'aria-label': `Treemap of flash ${label}`});
    const text = el('p.quiet', {}, '\u00a0');
    $('pair').append(el('div', {}, el('h3', {}, `${label}: ${tail(data.file)}, ${number(data.flash)}`), box, text));
    box.say = t => { text.textContent = t; };
    drawTreemap(box, flashTree(data.shares, 'crate'), full * data.flash / most, data.flash, n => {
      const s = n.data.share;
      if (s && s.machine && known.byName.has(s.machine)) openMachine(s.machine);
    }, told(data.flash), matchesShare);
  }
}

function search() {
  words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const machines = now.machines.filter(matchesMachine).length;
  treeView.filter(words.length ? matchesMachine : null);
  machineTable.filter(matchesMachine);
  const functions = flashTable.filter(matchesShare);
  $('found').textContent = words.length
    ? `${number(functions)} ${functions === 1 ? 'function' : 'functions'}, ${number(machines)} ${machines === 1 ? 'machine' : 'machines'}`
    : '';
  map();
  pair();
}

let waits = 0;
$('search').addEventListener('input', () => {
  clearTimeout(waits);
  waits = setTimeout(() => {
    state.q = $('search').value.trim();
    remember(true);
    search();
  }, 120);
});

// "/" begins a search, as elsewhere.
document.addEventListener('keydown', event => {
  if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    $('search').focus();
  }
});

function show() {
  readAddress();
  $('search').value = state.q;
  document.querySelectorAll('input[name=group]').forEach(i => i.checked = i.value === state.g);
  showMachine(state.m, state.s);
  treeView.draw(state.m);
  search();
}

function start() {
  $('file').textContent = now.file.split('/').pop();
  $('about').textContent = `${now.target}, ${number(now.fileSize)} bytes on disk, `
    + `${now.machines.length} ${now.machines.length === 1 ? 'async machine' : 'async machines'}`
    + (before ? `, beside ${tail(before.file)}` : '');
  $('map').classList.add('treemap');
  figures();
  kinds();
  legend();
  futures();
  compare();
  $('notes-list').append(...(now.notes.length ? now.notes : ['nothing is missing']).map(n => el('li', {}, n)));
  const sum = now.shares.reduce((total, s) => total + s.bytes, 0);
  $('sum').textContent = `What is shown adds up to ${number(sum)} of ${number(now.flash)} bytes; `
    + `${number(now.unattributed)} of code could not be told.`;
  show();
  if (location.hash.includes('m=')) $('machines').scrollIntoView();
}

addEventListener('hashchange', show);
addEventListener('popstate', show);
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  map();
  pair();
  showMachine(state.m, state.s);
});
start();
