// One machine: figures, the diagram of its states, what each keeps.
const MOST_STATES = 40;

const heldName = h => h.name === '__awaitee' ? 'the awaited future' : h.name;

// Bytes of locals that are in both states, at the same place.
function carried(from, to) {
  const places = new Set(from.held.map(h => h.name + '@' + h.offset + '+' + h.size));
  return to.held.filter(h => places.has(h.name + '@' + h.offset + '+' + h.size))
    .reduce((sum, h) => sum + h.size, 0);
}

// The order in which a machine may pass its states: not resumed, the awaits as the source has them, the end.
function stateOrder(m) {
  const named = name => m.states.filter(s => s.name === name);
  return [...named('Unresumed'), ...m.states.filter(s => s.name.startsWith('Suspend')), ...named('Returned')];
}

function showMachine(name, stateName) {
  const m = known.byName.get(name);
  const box = $('machine');
  if (!m) {
    box.replaceChildren(el('h3', {id: 'machine-title'}, name ? 'No such machine' : 'Nothing selected'),
      el('p.quiet', {}, name ? `There is no machine ${name} in this file.` : 'Choose a machine in the tree.'));
    return;
  }
  const figure = (term, value) => el('div', {}, el('dt', {}, term), el('dd', {}, value));
  const maybe = n => n === null ? 'not known' : number(n);
  const states = stateOrder(m);
  const shown = states.find(s => s.name === stateName)
    || states.reduce((most, s) => !most || s.heldBytes > most.heldBytes ? s : most, null);
  box.replaceChildren(
    el('h3', {id: 'machine-title', tabindex: '-1'}, m.name),
    el('p.where', {}, `${m.kind} of ${m.crate}` + (place(m) ? `, ${place(m)}` : '')),
    el('dl.small', {},
      figure('poll code', number(m.pollBytes)),
      figure('its own', number(m.ownBytes)),
      figure('inlined into it', number(m.inlinedBytes)),
      figure('drop glue', number(m.dropBytes)),
      figure('future', maybe(m.futureSize)),
      figure('stack frame', maybe(m.stackFrame)),
      figure('constants', number(m.constantBytes)),
      figure('retained', number(m.retainedBytes)),
      figure('panics when ended', m.resumedPanics
        ? number(m.resumedPanics) + (m.resumedBytes ? ` (${bytes(m.resumedBytes)})` : '') : 'none')),
    m.madeLargeBy ? el('p', {}, 'Made large by ', el('strong', {}, heldName({name: m.madeLargeBy.local})),
      `, ${bytes(m.madeLargeBy.size)}, which is kept across the await `,
      el('button.plain', {type: 'button', onclick: () => openMachine(m.name, m.madeLargeBy.state)},
        `${m.madeLargeBy.state} at ${place(m.states.find(s => s.name === m.madeLargeBy.state))}`), '.') : '',
    related(m));
  if (!states.length) {
    box.append(el('p.quiet', {}, 'The file has no debug info of its states.'));
    return;
  }
  box.append(el('h4', {}, 'States'), diagram(m, states, shown),
    el('p.quiet', {}, 'In the order of the source; debug info has no loops and branches. An await is polled'
      + ' again while what it waits for is pending.'));
  box.append(el('h4', {}, 'What each state keeps, by its place in the future'), layout(m, states, shown));
  box.append(el('h4', {}, `Kept in ${shown.name}`), heldTable(m, shown));
  box.append(statesTable(m, states));
}

function related(m) {
  const list = (label, names) => names.length
    ? el('p.where', {}, label + ' ', ...names.slice(0, 12).flatMap((n, i) => [i ? ', ' : '',
      known.byName.has(n) ? el('button.plain', {type: 'button', onclick: () => openMachine(n)}, n) : n]),
    names.length > 12 ? ` and ${names.length - 12} more` : '') : null;
  const holders = now.machines.filter(o => o.holds.includes(m.name)).map(o => o.name);
  return el('div', {}, list('Holds', m.holds), list('Held by', holders));
}

const SVG = 'http://www.w3.org/2000/svg';

function diagram(m, states, shown) {
  const list = states.slice(0, MOST_STATES);
  const wide = $('machine').clientWidth > 480;
  const width = wide ? 600 : 340;
  const height = 58;
  const gap = 40;
  const size = Math.max(1, m.futureSize || 0, ...states.map(s => s.heldBytes));
  const svg = d3.create('svg').attr('id', 'states')
    .attr('viewBox', `0 0 ${width} ${list.length * (height + gap) - gap + 8}`)
    .attr('role', 'group')
    .attr('aria-label', `States of ${m.name}`);
  const defs = svg.append('defs').append('marker').attr('id', 'tip').attr('viewBox', '0 0 8 8')
    .attr('refX', 7).attr('refY', 4).attr('markerWidth', 8).attr('markerHeight', 8).attr('orient', 'auto');
  defs.append('path').attr('class', 'tip').attr('d', 'M0 0 L8 4 L0 8 z');
  list.forEach((s, i) => {
    const y = 4 + i * (height + gap);
    const suspend = s.name.startsWith('Suspend');
    const g = svg.append('g').attr('transform', `translate(4,${y})`).attr('class', suspend ? 'await' : 'end')
      .attr('role', 'button').attr('tabindex', 0).attr('aria-pressed', String(s === shown))
      .attr('data-state', s.name)
      .attr('aria-label', `${s.name}${place(s) ? ' at ' + place(s) : ''}, keeps ${bytes(s.heldBytes)}`
        + (suspend ? `, code ${bytes(s.bytes)}` : ''));
    const open = () => openMachine(m.name, s.name);
    g.on('click', open).on('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open();
      }
    });
    const w = width - (wide ? 60 : 42);
    g.append('rect').attr('class', 'box').attr('width', w).attr('height', height).attr('rx', 8);
    g.append('text').attr('x', 12).attr('y', 21).attr('font-weight', 650).text(s.name);
    g.append('text').attr('class', 'faint').attr('x', 100).attr('y', 21).text(clipped(place(s), wide ? 52 : 26));
    g.append('text').attr('class', 'faint').attr('x', 12).attr('y', 40)
      .text(`keeps ${number(s.heldBytes)}` + (suspend ? ` · code ${number(s.bytes)}` : '') + (wide ? heldMost(s) : ''));
    g.append('rect').attr('class', 'room').attr('x', 12).attr('y', 47).attr('width', w - 24).attr('height', 5).attr('rx', 2.5);
    g.append('rect').attr('class', 'held').attr('x', 12).attr('y', 47)
      .attr('width', (w - 24) * Math.min(1, s.heldBytes / size)).attr('height', 5).attr('rx', 2.5);
    if (suspend) {
      g.append('path').attr('class', 'edge').attr('marker-end', 'url(#tip)')
        .attr('d', `M${w} 18 C${w + 30} 6 ${w + 30} 50 ${w + 3} 40`)
        .append('title').text('polled again while pending');
    }
    if (i + 1 < list.length) {
      const next = list[i + 1];
      const both = carried(s, next);
      const x = 26;
      svg.append('path').attr('class', 'edge').attr('marker-end', 'url(#tip)')
        .attr('d', `M${x} ${y + height} L${x} ${y + height + gap - 1}`);
      svg.append('text').attr('class', 'faint edge-size').attr('x', x + 12).attr('y', y + height + gap / 2 + 5)
        .text(`carries ${number(both)}, new ${number(next.heldBytes - both)}, gone ${number(s.heldBytes - both)}`);
    }
  });
  const node = svg.node();
  return states.length > list.length
    ? el('div', {}, node, el('p.quiet', {}, `${states.length - list.length} more states are in the table below.`))
    : node;
}

function heldMost(state) {
  const most = state.held.reduce((a, h) => !a || h.size > a.size ? h : a, null);
  return most && most.size ? ` · most of it ${clipped(heldName(most), 28)} (${number(most.size)})` : '';
}

const clipped = (text, length) => text.length > length ? '…' + text.slice(text.length - length + 1) : text;

// Each state as the bytes of the future, what it keeps at its place.
function layout(m, states, shown) {
  const size = Math.max(1, m.futureSize || 0);
  const box = el('div.layout', {});
  states.slice(0, MOST_STATES).forEach(s => {
    const track = el('div.track', {
      role: 'img',
      'aria-label': `${s.name} keeps ` + (s.held.filter(h => h.size)
        .map(h => `${heldName(h)} ${number(h.size)} at ${number(h.offset)}`).join(', ') || 'nothing'),
    });
    s.held.filter(h => h.size > 0).forEach(h => {
      const part = el(h.name === '__awaitee' ? 'i.awaited' : 'i', {title: `${heldName(h)}: ${bytes(h.size)}, ${h.type}`});
      part.style.left = 100 * h.offset / size + '%';
      part.style.width = 100 * h.size / size + '%';
      track.append(part);
    });
    box.append(
      el('button.plain', {type: 'button', 'aria-pressed': String(s === shown), onclick: () => openMachine(m.name, s.name)},
        s.name + (s.line ? ` :${s.line}` : '')),
      track, el('span.number', {}, number(s.heldBytes)));
  });
  return box;
}

function heldTable(m, state) {
  const inner = h => m.holds.find(n => h.type.includes('env#') && h.type.includes(lastPart(n)));
  return table(`What ${state.name} of ${m.name} keeps alive`, [
    {label: 'Local', value: heldName},
    {label: 'Bytes', value: h => h.size, number: true},
    {label: 'At', value: h => h.offset, number: true},
    {label: 'Type', value: h => h.type, open: h => inner(h) && (() => openMachine(inner(h)))},
  ], state.held, 1, true).node;
}

function statesTable(m, states) {
  return el('details', {}, el('summary', {}, 'States as a table'), table(`States of ${m.name}`, [
    {label: 'State', value: s => s.name, open: s => () => openMachine(m.name, s.name)},
    {label: 'Place', value: s => place(s)},
    {label: 'Code', value: s => s.bytes, number: true},
    {label: 'Keeps', value: s => s.heldBytes, number: true},
    {label: 'Locals', value: s => s.held.length, number: true},
  ], states, 1, false).node);
}
