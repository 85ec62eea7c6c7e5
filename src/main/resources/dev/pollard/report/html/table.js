// A table that sorts by any column. What it shows is filtered by `matches`, and cut at ROWS.
const ROWS = 60;

// columns: {label, value: row => text or number, number: whether it is one, text: how to show it,
// open: row => what a click does, or null}
function table(caption, columns, rows, sortBy, descending) {
  const body = el('tbody');
  const heads = columns.map((column, i) =>
    el('th' + (column.number ? '.number' : ''), {scope: 'col'},
      el('button', {type: 'button', onclick: () => sort(i)}, column.label)));
  const more = el('button.more-rows', {type: 'button', onclick: () => { limit = Infinity; fill(); }});
  const wrap = el('div.scroll', {tabindex: '0', role: 'region', 'aria-label': caption},
    el('table', {}, el('caption', {}, caption), el('thead', {}, el('tr', {}, ...heads)), body));
  let sorted = sortBy;
  let down = descending;
  let limit = ROWS;
  let shown = rows;

  function sort(column) {
    down = sorted === column ? !down : Boolean(columns[column].number);
    sorted = column;
    fill();
  }

  function fill() {
    heads.forEach((head, i) =>
      head.setAttribute('aria-sort', i !== sorted ? 'none' : down ? 'descending' : 'ascending'));
    const value = columns[sorted].value;
    const order = (a, b) => {
      const x = value(a);
      const y = value(b);
      if (x === y) return 0;
      if (x === null || y === null) return x === null ? 1 : -1;
      return (x < y ? -1 : 1) * (down ? -1 : 1);
    };
    const list = [...shown].sort(order);
    body.replaceChildren(...list.slice(0, limit).map(line));
    more.hidden = list.length <= limit;
    more.textContent = `Show all ${number(list.length)} rows`;
  }

  function line(row) {
    return el('tr', {}, ...columns.map(column => {
      const value = column.value(row);
      const shownAs = value === null ? '–' : column.text ? column.text(row) : column.number ? number(value) : value;
      const open = column.open && column.open(row);
      const cell = el(column.number ? 'td.number' : 'td.text', {});
      cell.append(open ? el('button.plain', {type: 'button', onclick: open}, shownAs) : shownAs);
      if (column.signed && value) cell.classList.add(value < 0 ? 'less' : 'grown');
      return cell;
    }));
  }

  fill();
  return {
    node: el('div', {}, wrap, more),
    filter(wanted) {
      shown = rows.filter(wanted);
      fill();
      return shown.length;
    },
    set(list) {
      rows = list;
      shown = list;
      fill();
    },
  };
}
