(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  data.charts = whole(data.charts);
  const night = window.matchMedia("(prefers-color-scheme: dark)");
  const paper = window.matchMedia("print");
  const places = [...document.querySelectorAll("[data-chart]")];

  // A list that stands in many charts is written once.
  function whole(value) {
    if (value === null || typeof value !== "object") return value;
    if ("same" in value) return data.same[value.same];
    Object.keys(value).forEach((key) => { value[key] = whole(value[key]); });
    return value;
  }

  // The figures hold the colours of the light page; on a dark one each is swapped for its partner.
  function themed(value) {
    const text = JSON.stringify(value);
    const dark = night.matches && !paper.matches;
    return JSON.parse(dark ? text.replace(/#[0-9a-f]{6}/g, (colour) => data.dark[colour] || colour) : text);
  }

  // On a phone each name of a legend has a row of its own: many names make the chart higher, not its plot lower.
  const NARROW = 480, ROW = 19;
  function inLegend({ data: traces, layout }) {
    return layout.showlegend === false || traces.length < 2 ? 0 : traces.filter((trace) => trace.showlegend !== false).length;
  }

  function draw(place) {
    const figure = themed(data.charts[place.dataset.chart]);
    figure.layout.template = themed(data.template);
    figure.layout.autosize = true;
    if (place.clientWidth < NARROW) figure.layout.height += ROW * Math.max(0, inLegend(figure) - 4);
    return Plotly.react(place, figure.data, figure.layout, data.config);
  }

  // A chart that is folded away has no width: it is drawn when it is opened.
  function visible() {
    return places.filter((place) => !place.closest("details:not([open])"));
  }

  function drawAll() {
    visible().forEach(draw);
  }

  // A page opens at once because only what is near the window is drawn, and the rest when it comes near; on paper all is.
  const near = new IntersectionObserver((found) => found.filter((each) => each.isIntersecting).forEach(({ target }) => {
    near.unobserve(target);
    draw(target);
  }), { rootMargin: "600px" });

  // Room is kept before a chart is drawn, so that nothing jumps.
  places.forEach((place) => {
    place.style.minHeight = `${data.charts[place.dataset.chart].layout.height || 360}px`;
  });
  places.forEach((place) => near.observe(place));
  night.addEventListener("change", () => visible().filter((place) => place.data).forEach(draw));
  paper.addEventListener("change", drawAll);

  // What a control may do: look at the figure of a chart, in the colours of the light page, and draw it anew once it is changed;
  // or mark it with lines, which is quick enough for a slider.
  const page = {
    figure: (name) => data.charts[name],
    redraw: (name) => visible().filter((place) => place.dataset.chart === name && place.data).forEach(draw),
    mark: (name, shapes) => {
      data.charts[name].layout.shapes = shapes;
      visible().filter((place) => place.dataset.chart === name && place.data).forEach((place) => Plotly.relayout(place, { shapes: themed(shapes) }));
    },
  };
  document.querySelectorAll("[data-control]").forEach((place) => controls[place.dataset.control](place, data.controls[place.id], page));

  // The row of sections may wrap: what it covers decides where an anchor and a slider stop.
  const head = document.querySelector("header");
  new ResizeObserver(() => document.documentElement.style.setProperty("--header", `${head.offsetHeight + 19}px`)).observe(head);

  // A column of cells with values is sorted by a click on its head: the largest first, then the smallest, then as it was.
  function sortable(table) {
    const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
    const value = (row, column) => Number(row.cells[column].dataset.value ?? NaN);
    const turns = { none: "descending", descending: "ascending", ascending: "none" };
    heads.forEach((head, column) => {
      if (!rows.some((row) => row.cells[column].dataset.value)) return;
      const button = document.createElement("button");
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = turns[head.getAttribute("aria-sort") || "none"], sign = { descending: -1, ascending: 1, none: 0 }[order];
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        if (sign) head.setAttribute("aria-sort", order);
        const known = rows.filter((row) => !sign || !Number.isNaN(value(row, column)));
        known.sort((a, b) => sign * (value(a, column) - value(b, column)) || 0);
        body.append(...known, ...rows.filter((row) => !known.includes(row)));
      });
    });
  }
  [...document.querySelectorAll("table")].filter((table) => table.querySelector("[data-value]")).forEach(sortable);

  // The link of the section that is being read is marked, and comes into view in its row.
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const read = new IntersectionObserver((found) => found.filter((each) => each.isIntersecting).forEach(({ target }) => {
    links.forEach((link, name) => (name === target.id ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")));
    const link = links.get(target.id), row = link.parentElement;
    row.scrollTo({ left: link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2 });
  }), { rootMargin: "-25% 0px -70% 0px" });
  document.querySelectorAll("main > section").forEach((section) => read.observe(section));

  window.addEventListener("beforeprint", () => visible().forEach((place) => (place.data ? Plotly.Plots.resize(place) : draw(place))));
})();
