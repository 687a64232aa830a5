// Histograms on two scales: the bars and the axis of the other scale are swapped in.
controls.scale = (place, data, page) => {
  const said = place.querySelector("output"), charts = Object.keys(data.logarithmic);
  const words = { linear: said.textContent, logarithmic: "Bars of equal ratio: a step is the same number of times more everywhere." };
  const linear = Object.fromEntries(charts.map((name) => [name, { bars: page.figure(name).data[0], axis: page.figure(name).layout.xaxis }]));
  const scales = { linear, logarithmic: data.logarithmic };
  place.querySelectorAll("input").forEach((input) => {
    input.disabled = false;
    input.addEventListener("change", () => {
      said.textContent = words[input.value];
      charts.forEach((name) => {
        const figure = page.figure(name), { bars, axis } = scales[input.value][name];
        figure.data = [bars];
        figure.layout.xaxis = axis;
        figure.layout.uirevision = input.value;
        page.redraw(name);
      });
    });
  });
};
