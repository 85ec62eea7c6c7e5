// The treemap of flash: groups (crates or machines) and in them functions.
const MOST_CELLS = 500;

// The tree that is drawn: of crates, or of machines and the crates of the rest.
function flashTree(shares, by) {
  const root = {name: 'all', children: new Map()};
  const child = (node, name, kind) => {
    if (!node.children.has(name)) node.children.set(name, {name, kind, children: new Map()});
    return node.children.get(name);
  };
  for (const share of shares) {
    const path = by === 'machine'
      ? share.machine ? [share.machine] : ['not async', share.crate]
      : [share.crate];
    let node = root;
    path.forEach(name => node = child(node, name, share.machine && by === 'machine' ? 'machine' : 'group'));
    const cls = classOf(share);
    const leaf = child(node, share.function + '\u0000' + cls + (share.machine || ''), 'leaf');
    // The body of an async function is named after it, not as the closure that it is compiled to.
    leaf.name = cls === 'own' && !share.function.startsWith('[') ? share.machine : share.function;
    leaf.share = share;
    leaf.cls = cls;
    leaf.bytes = (leaf.bytes || 0) + share.bytes;
  }
  const plain = (node, path) => node.share
    ? {...node, path, children: undefined}
    : {...node, path, children: [...node.children.values()].map(c => plain(c, [...path, c.name]))};
  return plain(root, []);
}

// Keeps the largest leaves and makes one of those left in each group.
function limited(node, floor) {
  if (!node.children) return node;
  const leaves = node.children.filter(c => c.share && c.bytes < floor);
  const kept = node.children.filter(c => !c.share || c.bytes >= floor).map(c => limited(c, floor));
  if (leaves.length === 1) kept.push(leaves[0]);
  if (leaves.length > 1) {
    const byClass = new Map();
    leaves.forEach(l => byClass.set(l.cls, [...(byClass.get(l.cls) || []), l]));
    byClass.forEach((list, cls) => kept.push({
      ...list[0], cls, name: `[${list.length} smaller]`, rest: true,
      bytes: list.reduce((sum, l) => sum + l.bytes, 0),
    }));
  }
  return {...node, children: kept};
}

function floorOf(tree) {
  const sizes = [];
  const walk = node => node.children ? node.children.forEach(walk) : sizes.push(node.bytes);
  walk(tree);
  sizes.sort((a, b) => b - a);
  return sizes.length > MOST_CELLS ? sizes[MOST_CELLS - 1] : 0;
}

// Draws a tree into a box; `act` says what a click on a node does, `tell` what is said of it.
function drawTreemap(box, tree, height, flash, act, tell, matches) {
  const width = box.clientWidth;
  box.style.height = height + 'px';
  const root = d3.hierarchy(limited(tree, floorOf(tree)))
    .sum(n => n.children ? 0 : n.bytes)
    .sort((a, b) => Boolean(a.data.rest) - Boolean(b.data.rest) || b.value - a.value);
  const roomy = n => n.x1 - n.x0 > 34 && n.y1 - n.y0 > 30;
  d3.treemap().size([width, height]).round(true).paddingInner(1)
    .paddingOuter(n => n.depth ? 1 : 0)
    .paddingTop(n => n.depth && roomy(n) ? 18 : n.depth ? 1 : 0)(root);
  const nodes = root.descendants().filter(n => n.depth && n.x1 > n.x0 && n.y1 > n.y0);
  const groups = nodes.filter(n => n.children && roomy(n));
  const cells = nodes.filter(n => !n.children && n.x1 - n.x0 > 1 && n.y1 - n.y0 > 1);
  const all = [...groups, ...cells];
  box.replaceChildren(...all.map(n => button(n)));
  const buttons = [...box.children];
  if (buttons.length) buttons[0].tabIndex = 0;
  box.onkeydown = event => move(event, all, buttons, act);

  function button(n) {
    const d = n.data;
    const leaf = !n.children;
    const text = tell(n);
    const node = el(leaf ? 'button.cell.' + d.cls : 'button.group',
      {type: 'button', tabindex: '-1', 'aria-label': text, onclick: () => act(n)});
    const w = n.x1 - n.x0;
    const h = n.y1 - n.y0;
    Object.assign(node.style, {left: n.x0 + 'px', top: n.y0 + 'px', width: w + 'px', height: h + 'px'});
    if (!leaf) {
      node.append(el('span', {}, d.name));
      if (w > 140) node.append(el('b', {}, number(n.value)));
    } else if (w > 34 && h > 14) {
      node.append(el(h > 34 ? 'span.tall' : 'span', {}, breakable(short(d.name))));
      if (h > 48) node.append(el('span', {}, number(d.bytes)));
    }
    const say = () => { if (box.say) box.say(text); };
    node.addEventListener('mouseenter', say);
    node.addEventListener('focus', () => {
      buttons.forEach(b => b.tabIndex = -1);
      node.tabIndex = 0;
      say();
    });
    if (leaf && !matches(d.share)) node.classList.add('dim');
    return node;
  }
}

// The nearest rectangle in the direction of an arrow key.
function move(event, all, buttons, act) {
  const from = buttons.indexOf(document.activeElement);
  if (from < 0) return;
  const directions = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
  if (event.key === 'Home' || event.key === 'End') {
    event.preventDefault();
    buttons[event.key === 'Home' ? 0 : buttons.length - 1].focus();
  }
  if (!directions[event.key]) return;
  event.preventDefault();
  const [dx, dy] = directions[event.key];
  // A group is where its title is; a cell is its middle.
  const spot = n => [(n.x0 + n.x1) / 2, n.children ? n.y0 + 8 : (n.y0 + n.y1) / 2];
  const [x, y] = spot(all[from]);
  let best = -1;
  let least = Infinity;
  all.forEach((n, i) => {
    const [nx, ny] = spot(n);
    const along = (nx - x) * dx + (ny - y) * dy;
    const across = Math.abs((nx - x) * dy) + Math.abs((ny - y) * dx);
    if (i !== from && along > 0.5 && along + 2 * across < least) {
      least = along + 2 * across;
      best = i;
    }
  });
  if (best >= 0) buttons[best].focus();
}
