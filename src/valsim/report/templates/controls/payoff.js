// An exit value that a slider, a field and buttons move: who is paid what, worked out anew from the lines of the contract.
controls.payoff = (place, data, page) => {
  const [slider, field] = place.querySelectorAll("input"), said = place.querySelector("output"), heard = place.querySelector("[role=status]");
  const cells = [...place.querySelectorAll("[data-paid]")].map((row) => [...row.querySelectorAll("[data-cell]")]);
  const [least, top] = data.range, steps = data.steps - 1, missing = "–", nothing = 1e-9;
  const sizes = { "": 1, k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, b: 1e9, bn: 1e9, billion: 1e9, t: 1e12, tn: 1e12, trillion: 1e12 };
  const shapes = data.marked.map((name) => page.figure(name).layout.shapes || []);
  const tight = (text) => text.replace(/ %/g, "\u00a0%"), exactly = (value) => formats.money(value, data.sign, 6);
  let frame = 0, pause = 0;

  // Nothing at the left end; then each step is the same part more, rounded to what is shown.
  function valueOf(step) {
    if (step === 0) return 0;
    return step > steps ? top : Number((least * (top / least) ** ((step - 1) / steps)).toPrecision(3));
  }
  function stepOf(value) {
    return value <= 0 ? 0 : Math.min(steps + 1, Math.max(1, Math.round(1 + (steps * Math.log(value / least)) / Math.log(top / least))));
  }

  // An amount that a person wrote, or NaN.
  function amount(text) {
    const plain = text.replace(data.sign.trim(), "").replace(/[\s,_']/g, "").toLowerCase();
    const [, digits, size] = plain.match(/^((?:\d+\.?\d*|\.\d+)(?:e\+?\d+)?)([a-z]*)$/) || [];
    return size in sizes ? Number(digits) * sizes[size] : NaN;
  }

  function lineAt(row, at) {
    const beyond = data.starts.findIndex((start) => start > at), line = (beyond < 0 ? data.starts.length : beyond) - 1;
    const paid = row.levels[line] + row.slopes[line] * (at - data.starts[line]);
    return [Math.abs(paid) > nothing * at ? paid : 0, Math.abs(row.slopes[line]) > nothing ? row.slopes[line] : 0];
  }

  function words(row, at) {
    const [paid, next] = lineAt(row, at);
    const share = row.shares ? formats.price(paid / row.shares, data.sign) : missing, times = row.paid_in ? formats.multiple(paid / row.paid_in) : missing;
    return [formats.money(paid, data.sign), at ? formats.part(paid / at) : missing, share, times, formats.part(next)];
  }

  function sentence(at) {
    const parts = data.rows.slice(0, data.sharing).map((row) => [row.name, lineAt(row, at)[1]]).filter(([, part]) => part > 0);
    const ranked = parts.sort((one, other) => other[1] - one[1]), named = ranked.slice(0, 3).map(([name, part]) => `${name} (${formats.part(part)})`);
    if (ranked.length > 3) named.push("others");
    const listed = named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)}` : named.join("");
    return `At ${exactly(at)} the next dollar goes to ${listed}.`;
  }

  function tell(at) {
    data.rows.forEach((row, number) => {
      const told = words(row, at);
      cells[number].forEach((cell) => { cell.textContent = tight(told[Number(cell.dataset.cell)]); });
    });
    said.textContent = tight(sentence(at));
    slider.setAttribute("aria-valuetext", exactly(at));
    const line = at >= data.drawn[0] && at <= data.drawn[1] ? [{ ...data.line, x0: at, x1: at }] : [];
    data.marked.forEach((name, number) => page.mark(name, [...shapes[number], ...line]));
  }

  // A reader who listens is told once the value rests.
  function move(at) {
    cancelAnimationFrame(frame);
    clearTimeout(pause);
    frame = requestAnimationFrame(() => tell(at));
    pause = setTimeout(() => { heard.textContent = said.textContent; }, 800);
  }

  function set(at) {
    slider.value = stepOf(at);
    field.value = exactly(at);
    field.removeAttribute("aria-invalid");
    move(at);
  }

  slider.addEventListener("input", () => {
    field.value = exactly(valueOf(Number(slider.value)));
    field.removeAttribute("aria-invalid");
    move(valueOf(Number(slider.value)));
  });
  field.addEventListener("change", () => {
    const at = amount(field.value);
    if (Number.isFinite(at)) set(at);
    else field.setAttribute("aria-invalid", "true");
  });
  place.querySelectorAll("[data-value]").forEach((button) => button.addEventListener("click", () => set(Number(button.dataset.value))));
  place.querySelectorAll("[hidden]").forEach((part) => { part.hidden = false; });
  slider.disabled = false;
  field.readOnly = false;
  tell(data.at);
};
