// Shows the streams of the server, and one of them as it goes on. Everything comes from the addresses that any client can ask.
'use strict';

const SHOWN = 784;        // samples on the time axes
const REPAINT_LIST = 1000; // milliseconds
const RETRY = 1000;

const element = id => document.getElementById(id);
const state = { models: [], model: null, chosen: null, channel: 39, feed: null, rows: [], shown: 0, epoch: null, faults: {} };

// ---- the server

function headers() {
  const key = sessionStorage.getItem('key');
  return key ? { Authorization: `Bearer ${key}` } : {};
}

async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { ...headers(), ...options.headers } });
  if (answer.status === 401) {
    element('key').hidden = false;
    element('key-fault').textContent = sessionStorage.getItem('key') ? 'Nobody has this key.' : '';
    throw new Error('a key is needed');
  }

  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? `status ${answer.status}`);
  }

  element('key').hidden = true;
  return answer;
}

// What is wrong with the list, and with the stream that is shown; nothing: all is live.
function say(what, fault) {
  state.faults[what] = fault;
  const found = state.faults.list ?? state.faults.feed;
  element('status').textContent = found ? `${found}; trying again` : 'live';
  element('status').className = found ? 'fault' : '';
}

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// Server-sent events by fetch, since EventSource cannot send a key.
async function* events(path, signal) {
  const answer = await ask(path, { signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }

    rest += value;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const lines = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const type = lines.find(line => line.startsWith('event: '))?.slice(7) ?? 'message';
      const data = lines.filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
      if (data) {
        yield { type, data: JSON.parse(data) };
      }
    }
  }
}

// ---- the list

function leader(scores) {
  return scores.length === 0 ? -1 : scores.indexOf(Math.max(...scores));
}

function bars(canvas, scores) {
  const paint = canvas.getContext('2d'), low = Math.min(...scores), high = Math.max(...scores), best = leader(scores);
  paint.clearRect(0, 0, canvas.width, canvas.height);
  const width = canvas.width / Math.max(1, scores.length);
  scores.forEach((score, i) => {
    const height = high > low ? 2 + (canvas.height - 2) * (score - low) / (high - low) : 2;
    paint.fillStyle = i === best ? color('--strong') : color('--faint');
    paint.fillRect(i * width + 1, canvas.height - height, width - 2, height);
  });
}

function row(id) {
  const line = document.createElement('tr');
  line.dataset.id = id;
  const name = document.createElement('button');
  name.textContent = id;
  name.addEventListener('click', () => choose(id));
  line.insertCell().append(name);
  line.insertCell();
  line.insertCell();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [120, 22];
  line.insertCell().append(canvas);
  return line;
}

async function list() {
  const model = state.model;
  const { active, streams } = await (await ask(`/streams?model=${encodeURIComponent(model.name)}`)).json();
  if (model !== state.model) {
    return; // another one was chosen meanwhile
  }

  element('active').textContent = active > streams.length ? `${active}, the first ${streams.length} are shown` : active;
  element('empty').hidden = active > 0;
  const lines = new Map([...element('streams').rows].map(line => [line.dataset.id, line]));
  const wanted = streams.map(stream => {
    const line = lines.get(stream.id) ?? row(stream.id);
    line.className = stream.id === state.chosen ? 'chosen' : '';
    line.cells[1].textContent = stream.position;
    line.cells[2].textContent = model.labels[leader(stream.scores)] ?? '-';
    bars(line.querySelector('canvas'), stream.scores);
    return line;
  });

  // Lines that stay keep the focus and take clicks.
  if (wanted.length !== lines.size || wanted.some((line, i) => line !== element('streams').rows[i])) {
    element('streams').replaceChildren(...wanted);
  }

  if (state.chosen === null && streams.length > 0) {
    choose(streams[0].id);
  }
}

async function listForEver() {
  for (;;) {
    try {
      if (!state.model) {
        await models();
      }

      await list();
      say('list');
    } catch (fault) {
      say('list', fault.message);
    }

    await wait(REPAINT_LIST);
  }
}

async function models() {
  state.models = await (await ask('/models')).json();
  element('model').replaceChildren(...state.models.map(model => new Option(model.name)));
  state.model = state.models[0];
}

// ---- one stream

function clear() {
  [state.rows, state.shown, state.epoch] = [[], 0, null];
}

function choose(id) {
  state.chosen = id;
  element('title').textContent = id === null ? 'Choose a stream' : id;
  follow();
}

async function follow() {
  state.feed?.abort();
  clear();
  say('feed');
  if (state.chosen === null) {
    return;
  }

  const feed = state.feed = new AbortController();
  while (!feed.signal.aborted) {
    try {
      const next = state.rows.at(-1)?.number + 1 || 0;
      const epoch = state.epoch === null ? '' : `&epoch=${state.epoch}`;
      const ring = state.channel < state.model.channels ? `&ring=${state.channel}` : '';
      const path = `/streams/${encodeURIComponent(state.chosen)}/events?model=${encodeURIComponent(state.model.name)}&from=${next}${epoch}${ring}`;
      for await (const { type, data } of events(path, feed.signal)) {
        if (feed.signal.aborted) {
          return;
        }

        if (type === 'rows') {
          take(data);
        }

        say('feed', type === 'fault' ? data.message : undefined);
      }
    } catch (fault) {
      if (!feed.signal.aborted) {
        say('feed', fault.message);
      }
    }

    await wait(RETRY);
  }
}

function take(data) {
  const inputs = state.model.inputWidth, outputs = state.model.labels.length;
  const count = data.samples.length / inputs;
  if (data.epoch !== state.epoch || data.first !== (state.rows.at(-1)?.number ?? data.first - 1) + 1) {
    clear();
    state.epoch = data.epoch;
  }

  const nodes = data.ring ? data.ring.length / count : 0;
  for (let i = 0; i < count; i++) {
    state.rows.push({
      number: data.first + i,
      input: data.samples[i * inputs],
      scores: data.outputs.slice(i * outputs, (i + 1) * outputs).map(Number), // what is not finite comes as text
      ring: data.ring?.slice(i * nodes, (i + 1) * nodes) ?? [],
    });
  }

  if (state.rows.length > 2 * SHOWN) {
    const gone = state.rows.length - SHOWN;
    state.rows.splice(0, gone);
    state.shown = Math.max(0, state.shown - gone);
  }
}

// ---- the drawing

const probe = document.createElement('span');

function color(name) {
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const shade = (i, count) => `hsl(${Math.round(360 * i / count)} 65% 50%)`;

// Rows are shown one after another, a little behind, so that what comes in pieces moves evenly.
function advance() {
  const waiting = state.rows.length - state.shown;
  state.shown += waiting > SHOWN / 4 ? waiting - 40 : Math.min(waiting, Math.ceil(waiting / 12));
  return state.rows.slice(Math.max(0, state.shown - SHOWN), state.shown);
}

function drawPicture(rows) {
  const canvas = element('picture'), paint = canvas.getContext('2d'), side = 28, pixel = canvas.width / side;
  paint.fillStyle = 'black';
  paint.fillRect(0, 0, canvas.width, canvas.height);
  for (const row of rows) {
    if (row.number < side * side) {
      const grey = Math.max(0, Math.min(255, row.input));
      paint.fillStyle = `rgb(${grey} ${grey} ${grey})`;
      paint.fillRect((row.number % side) * pixel, Math.floor(row.number / side) * pixel, pixel, pixel);
    }
  }
}

function axes(canvas) {
  const paint = canvas.getContext('2d');
  paint.clearRect(0, 0, canvas.width, canvas.height);
  const x = i => 4 + (canvas.width - 40) * i / SHOWN;
  return { paint, x };
}

function line(paint, rows, x, y) {
  paint.beginPath();
  rows.forEach((row, i) => paint.lineTo(x(i), y(row)));
  paint.stroke();
}

function drawInput(rows) {
  const canvas = element('input'), { paint, x } = axes(canvas);
  paint.strokeStyle = color('--ink');
  const high = Math.max(1, ...rows.map(row => Math.abs(row.input)));
  line(paint, rows, x, row => canvas.height - 6 - (canvas.height - 12) * row.input / high);
}

function drawScores(rows) {
  const canvas = element('scores'), { paint, x } = axes(canvas), labels = state.model?.labels ?? [];
  if (rows.length === 0) {
    element('leader').textContent = '-';
    return;
  }

  // The first samples of a mean swing far: the axis follows what is there now.
  const recent = rows.slice(-Math.max(50, Math.floor(rows.length * 0.8))).flatMap(row => row.scores);
  const low = Math.min(...recent), high = Math.max(...recent), y = score => canvas.height - 8 - (canvas.height - 16) * (score - low) / (high - low || 1);
  const last = rows.at(-1), best = leader(last.scores);
  paint.font = '12px system-ui';
  labels.forEach((label, i) => {
    paint.strokeStyle = paint.fillStyle = shade(i, labels.length);
    paint.lineWidth = i === best ? 2.5 : 1;
    line(paint, rows, x, row => y(row.scores[i]));
    paint.fillText(label, x(rows.length) + 4, y(last.scores[i]) + 4);
  });
  element('leader').textContent = labels[best];
}

function drawRing(rows) {
  const canvas = element('ring'), paint = canvas.getContext('2d'), center = canvas.width / 2, radius = canvas.width * 0.3;
  paint.clearRect(0, 0, canvas.width, canvas.height);
  paint.strokeStyle = color('--line');
  paint.lineWidth = 1;
  paint.beginPath();
  paint.arc(center, center, radius, 0, 2 * Math.PI);
  paint.stroke();
  const values = rows.at(-1)?.ring ?? [], nodes = values.length / 2;
  if (nodes === 0) {
    return;
  }

  // The scale is that of the last samples, so that a quiet input does not fill the ring with its rounding.
  const size = Math.max(1e-6, ...rows.slice(-200).flatMap(row => row.ring.map(Math.abs)));
  const place = (node, distance) => {
    const angle = 2 * Math.PI * node / nodes - Math.PI / 2;
    return [center + distance * Math.cos(angle), center + distance * Math.sin(angle)];
  };
  const real = node => values[2 * (node % nodes)], distance = node => radius + radius * 0.5 * real(node) / size;
  paint.strokeStyle = color('--faint');
  paint.beginPath();
  for (let step = 0; step <= nodes * 8; step++) {
    // Between two nodes the line is straight in angle and distance.
    const node = Math.floor(step / 8), part = step % 8 / 8;
    paint.lineTo(...place(step / 8, distance(node) * (1 - part) + distance(node + 1) * part));
  }

  paint.stroke();
  for (let node = 0; node < nodes; node++) {
    const [px, py] = place(node, distance(node)), phase = Math.atan2(values[2 * node + 1], values[2 * node]);
    const amplitude = Math.hypot(values[2 * node], values[2 * node + 1]) / size;
    paint.fillStyle = `hsl(${Math.round(phase * 180 / Math.PI + 360)} 70% 55%)`;
    paint.beginPath();
    paint.arc(px, py, 3 + 7 * Math.min(1, amplitude), 0, 2 * Math.PI);
    paint.fill();
  }

  paint.fillStyle = color('--faint');
  paint.font = '12px system-ui';
  paint.textAlign = 'center';
  paint.fillText('input', ...place(0, radius * 0.35));
}

function paint() {
  const rows = advance();
  drawPicture(rows);
  drawInput(rows);
  drawScores(rows);
  drawRing(rows);
  // For whoever tests the page: how far the drawing is, and how many nodes the ring has.
  document.body.dataset.shown = rows.at(-1)?.number ?? -1;
  document.body.dataset.nodes = (rows.at(-1)?.ring.length ?? 0) / 2;
  requestAnimationFrame(paint);
}

// ---- the start

element('model').addEventListener('change', () => {
  state.model = state.models.find(model => model.name === element('model').value);
  element('streams').replaceChildren();
  choose(null);
});
element('channel').addEventListener('change', () => {
  state.channel = Math.max(0, Math.round(Number(element('channel').value)) || 0);
  follow();
});
element('key').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem('key', element('key-text').value.trim());
  follow();
});
listForEver();
requestAnimationFrame(paint);
