// The map that can be moved and enlarged. What it replaces is complete, and stays where this does not work.
const states = ['construction', 'temporary', 'planned', 'finished', 'standing', 'unknown', 'notyet', 'over'];
const colours = { construction: '--ph-build', temporary: '--ph-temp', planned: '--ph-plan', finished: '--ph-done', standing: '--ph-keep', unknown: '--map-block', notyet: '--ph-keep', over: '--ph-keep' };

const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const byState = value => ['match', ['get', 'state'], ...states.flatMap(state => [state, value(state)]), token('--ph-plan')];

// A tile of a pattern: diagonal stripes or dots on the ground of the map.
function tile(kind) {
  const size = 12;
  const canvas = new OffscreenCanvas(size, size);
  const pen = canvas.getContext('2d');
  pen.fillStyle = token('--map-halo');
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = pen.strokeStyle = token(colours[kind]);
  if (kind === 'temporary') {
    pen.lineWidth = 4;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift - 2, size + 2);
      pen.lineTo(shift + size + 2, -2);
    }
    pen.stroke();
  } else {
    for (const [x, y] of [[3, 3], [9, 9], [9, 3], [3, 9]]) {
      pen.beginPath();
      pen.arc(x, y, 1.9, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  return pen.getImageData(0, 0, size, size);
}

function styleOf(data) {
  const area = ['==', ['geometry-type'], 'Polygon'];
  const line = ['all', ['==', ['geometry-type'], 'LineString'], ['!', ['get', 'leader']]];
  const patterned = ['in', ['get', 'state'], ['literal', ['temporary', 'construction']]];
  const ground = ['case', ['get', 'ground'], 0.3, 1];
  return {
    version: 8,
    sources: { places: { type: 'geojson', data } },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': token('--map-land') } },
      { id: 'areas', type: 'fill', source: 'places', filter: ['all', area, ['!', ['in', ['get', 'state'], ['literal', ['temporary', 'construction', 'planned', 'notyet', 'over']]]]], paint: { 'fill-color': ['case', ['get', 'district'], token('--map-halo'), byState(state => token(colours[state]))], 'fill-opacity': ['case', ['get', 'district'], 1, ['case', ['get', 'ground'], 0.4, 0.9]] } },
      { id: 'patterns', type: 'fill', source: 'places', filter: ['all', area, patterned], paint: { 'fill-pattern': ['get', 'state'], 'fill-opacity': ground } },
      { id: 'borders', type: 'line', source: 'places', filter: ['all', area, ['!=', ['get', 'state'], 'planned']], paint: { 'line-color': byState(state => token(state === 'unknown' || state === 'standing' ? '--ph-plan' : colours[state])), 'line-width': 1.5 } },
      { id: 'plans', type: 'line', source: 'places', filter: ['all', area, ['==', ['get', 'state'], 'planned']], paint: { 'line-color': token('--ph-plan'), 'line-width': 1.5, 'line-dasharray': [4, 3] } },
      { id: 'ways-ground', type: 'line', source: 'places', filter: line, layout: { 'line-cap': 'round' }, paint: { 'line-color': token('--map-road'), 'line-width': 8 } },
      { id: 'ways', type: 'line', source: 'places', filter: ['all', line, ['!=', ['get', 'state'], 'construction']], paint: { 'line-color': byState(state => token(state === 'unknown' ? '--ph-keep' : colours[state])), 'line-width': 4, 'line-dasharray': ['case', ['in', ['get', 'state'], ['literal', ['temporary', 'planned']]], ['literal', [1, 0.8]], ['literal', [1, 0]]] } },
      { id: 'ways-dots', type: 'line', source: 'places', filter: ['all', line, ['==', ['get', 'state'], 'construction']], layout: { 'line-cap': 'round' }, paint: { 'line-color': token('--ph-build'), 'line-width': 5, 'line-dasharray': [0.05, 1.5] } },
      { id: 'leaders', type: 'line', source: 'places', filter: ['get', 'leader'], paint: { 'line-color': token('--ink'), 'line-width': 1 } },
      { id: 'points', type: 'circle', source: 'places', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 7, 'circle-color': byState(state => token(colours[state])), 'circle-stroke-color': token('--ph-plan'), 'circle-stroke-width': 1.5 } },
    ],
  };
}

class KeraMap extends HTMLElement {
  connectedCallback() {
    // Whoever saves data keeps the drawing.
    if (navigator.connection?.saveData) {
      return;
    }
    this.seen = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        this.seen.disconnect();
        this.enliven().catch(fault => console.info('The map stays a drawing:', fault.message));
      }
    });
    this.seen.observe(this);
  }

  disconnectedCallback() {
    this.seen?.disconnect();
    this.map?.remove();
  }

  async enliven() {
    const [{ Map, Marker, setWorkerUrl }, answer] = await Promise.all([import(this.getAttribute('library')), fetch(this.getAttribute('places'))]);
    if (!answer.ok) {
      throw new Error(`the places were answered with ${answer.status}`);
    }
    const data = await answer.json();
    setWorkerUrl(new URL(this.getAttribute('worker'), location.href).href);
    const drawing = this.firstElementChild;
    const stage = document.createElement('div');
    stage.className = 'map-stage';
    drawing.append(stage);
    const coarse = matchMedia('(pointer: coarse)').matches;
    const [west, south, east, north] = data.bbox;
    try {
      this.map = new Map({
        container: stage,
        style: styleOf(data),
        bounds: [[west, south], [east, north]],
        attributionControl: false,
        // One finger scrolls the page; two move the map.
        dragPan: !coarse,
        scrollZoom: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        locale: { 'Map.Title': this.getAttribute('label') },
      });
      this.map.touchZoomRotate.disableRotation();
      this.map.on('style.load', () => ['temporary', 'construction'].forEach(kind => this.map.hasImage(kind) || this.map.addImage(kind, tile(kind), { pixelRatio: 2 })));
      await new Promise((done, failed) => {
        this.map.once('load', done);
        this.map.once('error', event => failed(event.error));
      });
    } catch (fault) {
      this.map?.remove();
      stage.remove();
      throw fault;
    }
    for (const place of data.features.filter(place => place.properties.disc)) {
      new Marker({ element: this.disc(place.properties) }).setLngLat(place.properties.disc).addTo(this.map);
    }
    this.addZoom(stage);
    drawing.querySelectorAll(':scope > svg').forEach(svg => svg.remove());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.map.setStyle(styleOf(data), { diff: false }));
  }

  // The list is the map's equal for the keyboard: a number leads there, and is no stop itself.
  disc({ key, number, name }) {
    const link = document.createElement('a');
    link.className = 'map-disc';
    link.href = `#place-${key}`;
    link.tabIndex = -1;
    link.title = name;
    link.textContent = number;
    link.addEventListener('click', () => document.getElementById(`place-${key}`)?.focus());
    return link;
  }

  addZoom(stage) {
    const group = document.createElement('div');
    group.className = 'map-zoom';
    for (const [attribute, sign, step] of [['zoom-in', '+', 'zoomIn'], ['zoom-out', '\u2212', 'zoomOut']]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = sign;
      button.setAttribute('aria-label', this.getAttribute(attribute));
      button.addEventListener('click', () => this.map[step]({ animate: !matchMedia('(prefers-reduced-motion: reduce)').matches }));
      group.append(button);
    }
    stage.append(group);
  }
}

customElements.define('kera-map', KeraMap);
