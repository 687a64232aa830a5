// A story that is chosen: its words are shown and those of the others hidden, and the chart draws its path.
controls.paths = (place, data, page) => {
  const choice = place.querySelector("fieldset"), stories = [...place.querySelectorAll("article")];
  const [value, cash, events] = page.figure(data.chart).data.slice(-3);

  const named = document.getElementById(`title-${data.chart}`).firstChild, title = named.textContent.trim();

  // What a dot says are the words of its day, broken into lines.
  function words(entry) {
    const text = [...entry.querySelectorAll("p")].map((each) => each.textContent.replace(/[<&]/g, "").replace(/(.{40}\S*)\s/g, "$1<br>"));
    return `<b>${entry.querySelector("time").textContent}</b><br>${text.join("<br>")}`;
  }

  function show(chosen) {
    const [worth, money] = ["value", "cash"].map((name) => data.lines[chosen][name].map((number) => number === null ? null : number * data.unit));
    const own = data.dates.slice(0, worth.length);
    const entries = [...stories[chosen].querySelectorAll("li")].filter((entry) => own.includes(entry.querySelector("time").textContent));
    const days = entries.map((entry) => entry.querySelector("time").textContent);
    named.textContent = `${title}: ${stories[chosen].querySelector("h3").firstChild.textContent.trim()} `;
    stories.forEach((story, number) => { story.hidden = number !== chosen; });
    Object.assign(value, { x: own, y: worth });
    Object.assign(cash, { x: own, y: money });
    Object.assign(events, { x: days, y: days.map((day) => worth[own.indexOf(day)]), hovertext: entries.map(words) });
    page.redraw(data.chart);
  }

  choice.hidden = stories.length < 2;
  choice.addEventListener("change", (event) => show(Number(event.target.value)));
  show(0);
};
