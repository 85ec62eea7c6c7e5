// The tree of machines: each below what holds its future.
const treeView = (() => {
  const closed = new Set();
  let lines = [];
  let active = '';

  // The lines that are open, in order; a machine that stands above already has no children again.
  function collect(wanted) {
    const into = [];
    const shown = new Set();
    const roots = known.roots.length ? known.roots : now.machines;
    const todo = roots.map((m, i) => ({m, level: 1, key: m.name, position: i + 1, size: roots.length})).reverse();
    while (todo.length) {
      const line = todo.pop();
      const again = shown.has(line.m.name);
      shown.add(line.m.name);
      const children = again ? [] : line.m.holds.map(n => known.byName.get(n)).filter(Boolean);
      into.push({...line, again, parent: children.length > 0});
      children.map((m, i) => ({
        m, level: line.level + 1, key: line.key + '\u0000' + m.name, position: i + 1, size: children.length,
      })).reverse().forEach(c => todo.push(c));
    }
    if (!wanted) {
      return into.filter(l => ![...closed].some(c => l.key !== c && l.key.startsWith(c + '\u0000')));
    }
    const kept = new Set();
    into.filter(l => wanted(l.m)).forEach(l => {
      const parts = l.key.split('\u0000');
      parts.forEach((_, i) => kept.add(parts.slice(0, i + 1).join('\u0000')));
    });
    return into.filter(l => kept.has(l.key));
  }

  let wanted = null;
  function draw(selected) {
    lines = collect(wanted);
    const most = Math.max(1, ...now.machines.map(pollBytes));
    if (!lines.some(l => l.key === active)) active = lines.length ? lines[0].key : '';
    const named = lines.find(l => l.m.name === selected);
    if (named && !lines.some(l => l.key === active && l.m.name === selected)) active = named.key;
    $('tree').replaceChildren(...lines.map(l => {
      const m = l.m;
      const open = !closed.has(l.key) || wanted !== null;
      const gauge = el('span.gauge', {'aria-hidden': 'true'});
      gauge.style.width = l.again ? 0 : Math.max(1, 100 * pollBytes(m) / most) + '%';
      const name = el('span.name', {},
        el('span.twist', {'aria-hidden': 'true'}, l.parent ? open ? '▾' : '▸' : ''),
        el('span', {title: m.name}, breakable(short(m.name)) + (l.again ? ' (above)' : '')));
      name.style.paddingLeft = 0.8 * Math.min(l.level - 1, 8) + 'rem';
      return el('div', {
        role: 'treeitem', 'aria-level': l.level, 'aria-posinset': l.position, 'aria-setsize': l.size,
        'aria-expanded': l.parent ? String(open) : null, 'aria-selected': String(m.name === selected),
        tabindex: l.key === active ? '0' : '-1', 'data-key': l.key,
        'aria-label': `${m.name}${l.again ? ', shown above' : ''}, code ${bytes(pollBytes(m))}, future `
          + (m.futureSize === null ? 'not known' : bytes(m.futureSize)),
        onclick: event => {
          if (event.target.classList.contains('twist') && l.parent) toggle(l, !open);
          else openMachine(m.name);
        },
      }, name, el('span.number', {}, l.again ? '' : number(pollBytes(m))),
        el('span.number', {}, l.again ? '' : m.futureSize === null ? '?' : number(m.futureSize)), gauge);
    }));
    if (!lines.length) {
      $('tree').replaceChildren(el('p.quiet', {role: 'none'},
        now.machines.length ? 'No machine matches.' : 'No machine is known in this file.'));
    }
  }

  function toggle(line, open) {
    if (open) closed.delete(line.key);
    else closed.add(line.key);
    draw(selectedMachine());
    focus(line.key);
  }

  function focus(key) {
    active = key;
    [...$('tree').children].forEach(node => {
      const here = node.dataset.key === key;
      node.tabIndex = here ? 0 : -1;
      if (here) node.focus();
    });
  }

  $('tree').addEventListener('keydown', event => {
    const at = lines.findIndex(l => l.key === event.target.dataset.key);
    if (at < 0) return;
    const line = lines[at];
    const open = !closed.has(line.key);
    const go = i => focus(lines[Math.max(0, Math.min(lines.length - 1, i))].key);
    const keys = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      ArrowRight: () => line.parent && !open ? toggle(line, true) : line.parent && go(at + 1),
      ArrowLeft: () => line.parent && open && !wanted ? toggle(line, false)
        : go(lines.findIndex(l => l.key === line.key.split('\u0000').slice(0, -1).join('\u0000'))),
      Enter: () => openMachine(line.m.name),
      ' ': () => openMachine(line.m.name),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  return {draw, filter(f) { wanted = f; draw(selectedMachine()); }};
})();
