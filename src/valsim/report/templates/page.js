"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const night = window.matchMedia("(prefers-color-scheme: dark)");
  const paper = window.matchMedia("print");
  const places = [...document.querySelectorAll("[data-chart]")];

  // The figures hold the colours of the light page; on a dark one each is swapped for its partner.
  function themed(value) {
    const text = JSON.stringify(value);
    const dark = night.matches && !paper.matches;
    return JSON.parse(dark ? text.replace(/#[0-9a-f]{6}/g, (colour) => data.dark[colour] || colour) : text);
  }

  function draw(place) {
    const figure = themed(data.charts[place.dataset.chart]);
    figure.layout.template = themed(data.template);
    figure.layout.autosize = true;
    return Plotly.react(place, figure.data, figure.layout, data.config);
  }

  // A chart that is folded away has no width: it is drawn when it is opened.
  function visible() {
    return places.filter((place) => !place.closest("details:not([open])"));
  }

  function drawAll() {
    visible().forEach(draw);
  }

  // Room is kept before a chart is drawn, so that nothing jumps.
  places.forEach((place) => {
    place.style.minHeight = `${data.charts[place.dataset.chart].layout.height || 360}px`;
  });
  drawAll();
  document.addEventListener("toggle", (event) => event.target.querySelectorAll("[data-chart]").forEach((place) => visible().includes(place) && draw(place)), true);
  night.addEventListener("change", drawAll);
  paper.addEventListener("change", drawAll);
  window.addEventListener("beforeprint", () => visible().forEach((place) => Plotly.Plots.resize(place)));
})();
