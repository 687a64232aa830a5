// A date that a slider moves: a line in each fan chart, and what each says there, in the words of its hover.
controls.date = (place, data, page) => {
  const slider = place.querySelector("input"), heard = place.querySelector("[role=status]");
  const [day, left] = place.querySelectorAll("output strong, output span");
  const line = (date) => [{ type: "line", x0: date, x1: date, yref: "paper", y0: 0, y1: 1, line: { color: data.colour, width: 1.5 } }];
  const tight = (text) => text.replace(/ %/g, "\u00a0%");
  let frame = 0, pause = 0;

  // The charts that are folded away have a table that is folded away: its rows are like those of the first.
  data.more.forEach((chart) => {
    const row = place.querySelector("[data-of]").cloneNode(true), title = document.getElementById(`title-${chart}`);
    row.dataset.of = chart;
    row.cells[0].textContent = title.firstChild.textContent.trim();
    place.querySelector(".then-more tbody").append(row);
    place.querySelector(".then-more").hidden = false;
  });
  const rows = [...place.querySelectorAll("[data-of]")];
  const medians = rows.map((row) => page.figure(row.dataset.of).data.find((trace) => trace.name === "median"));

  function tell(index) {
    const date = medians[0].x[index], words = (median) => median.customdata[index].map(tight);
    day.textContent = date;
    left.textContent = words(medians[0])[5];
    slider.setAttribute("aria-valuetext", date);
    rows.forEach((row, number) => {
      const [low, lower, middle, upper, high] = words(medians[number]);
      [middle, `${lower} to ${upper}`, `${low} to ${high}`].forEach((text, cell) => { row.cells[cell + 1].textContent = text; });
      page.mark(row.dataset.of, line(date));
    });
  }

  // A reader who listens is told once the slider rests.
  function say() {
    const [name, middle, , ends] = [...rows[0].cells].map((cell) => cell.textContent);
    heard.textContent = `${day.textContent}: ${name}, median ${middle}, nine in ten ${ends}`;
  }

  slider.disabled = false;
  slider.addEventListener("input", () => {
    cancelAnimationFrame(frame);
    clearTimeout(pause);
    frame = requestAnimationFrame(() => tell(Number(slider.value)));
    pause = setTimeout(say, 800);
  });
  tell(Number(slider.value));
};
