// Numbers as the rest of the page writes them; labels.py says the same in Python, and a test holds the two together.
const formats = {
  // So many decimals; what is exactly half-way goes to the even one, as in Python. A double has no more than 60 decimals here.
  fixed(value, places) {
    const whole = value.toFixed(places + 60), cut = whole.slice(0, -60).replace(/\.$/, "");
    return /^50*$/.test(whole.slice(-60)) && "02468".includes(cut.at(-1)) ? cut : value.toFixed(places);
  },
  // So many significant digits; zeros at the end go only where the number is exact.
  digits(value, significant = 3) {
    if (value === 0) return "0";
    const shown = Number(Math.abs(value).toPrecision(significant));
    const text = formats.fixed(value, Math.max(0, significant - 1 - Math.floor(Math.log10(shown))));
    const exact = text.includes(".") && Math.abs(Number(text) - value) <= 1e-9 * Math.abs(value);
    return exact ? text.replace(/\.?0+$/, "") : text;
  },
  compact(value, significant = 3) {
    const [size, letter] = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"], [1, ""]].find(([least]) => Math.abs(value) >= least * 0.9995) || [1, ""];
    return formats.digits(value / size, significant) + letter;
  },
  // An amount behind the sign of its currency.
  money(value, sign, significant = 3) {
    return (value < 0 ? "−" : "") + sign + formats.compact(Math.abs(value), significant);
  },
  // A price per share: at least two decimals, and three digits where it is small.
  price(value, sign) {
    const small = Math.abs(value) > 0 && Math.abs(value) < 0.9995;
    return sign + (small ? formats.digits(value) : formats.fixed(value, 2).replace(/\B(?=(\d{3})+\.)/g, ","));
  },
  percent(value) {
    if (Math.abs(value) > 0 && Math.abs(value) < 0.0005) return value > 0 ? "<0.1 %" : "−<0.1 %";
    if (value > 0.9995 && value < 1) return ">99.9 %";
    const fine = (Math.abs(value) > 0 && Math.abs(value) < 0.0995) || (value > 0.99 && value < 1);
    return `${formats.fixed(value * 100, fine ? 1 : 0)} %`.replace("-", "−");
  },
  // A ratio in percent, where just below the whole is the whole.
  part(value) {
    return formats.percent(value > 0.9995 && value < 1 ? 1 : value);
  },
  multiple(value) {
    const places = Math.abs(value) < 1.995 ? 2 : Math.abs(value) < 9.95 ? 1 : 0;
    return value === 0 ? "0x" : `${formats.fixed(value, places)}x`;
  },
};

// What a reader moves, by kind: each is called once for its place with its data and the page.
const controls = {};
