/** Finds layout faults of a page; `findFaults` runs in the browser. */

export type FaultKind =
  /** The page, or a box in it, scrolls sideways. */
  | "sideways"
  | "scrolling box"
  /** Text outside the window or its own box, or cut off by it. */
  | "beyond the window"
  | "beyond its box"
  | "cut off"
  /** Overlapping controls or lines of text. */
  | "controls overlap"
  | "text overlaps"
  /** A word broken although shorter than half the window, or a column a few characters wide. */
  | "broken word"
  | "sliver"
  /** A tab bar with more than one row, or higher than a sixth of the window. */
  | "tab bar";

export type Fault = { kind: FaultKind; what: string };

/** Runs in the page. */
export function findFaults(): Fault[] {
  const faults: Fault[] = [];
  const add = (kind: FaultKind, what: string) => faults.push({ kind, what });
  const width = document.documentElement.clientWidth;
  const say = (element: Element | null) =>
    `${element?.tagName.toLowerCase()} "${(element?.textContent ?? "").trim().slice(0, 30)}"`;
  // Text for screen readers only, drawings, and the map, which scrolls in its own way.
  const LEFT_OUT =
    ".sr-only, svg, .leaflet-container, script, style, noscript, next-route-announcer";
  /** Visually hidden, itself or an ancestor. */
  const isHidden = (element: Element | null): boolean =>
    element !== null &&
    (getComputedStyle(element).clipPath === "inset(50%)" || isHidden(element.parentElement));
  const isSeen = (element: Element) =>
    !element.closest(LEFT_OUT) &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !isHidden(element);
  /** Fixed elements may cover what scrolls under them. */
  const layerOf = (element: Element) => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      if (getComputedStyle(at).position === "fixed") return at;
    }
    return document.body;
  };

  const wide = document.documentElement.scrollWidth;
  if (wide > width) add("sideways", `${wide} of ${width} px`);

  for (const element of document.querySelectorAll("body *")) {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (overflowX === "visible" || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) continue;
    if (!isSeen(element) || !element.textContent?.trim()) continue;
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
    const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
    if (scrollWidth > clientWidth + 1) {
      if (hides(overflowX)) add("cut off", `${say(element)} ${scrollWidth} of ${clientWidth} px`);
      else add("scrolling box", `${say(element)} ${scrollWidth} of ${clientWidth} px`);
    } else if (hides(overflowY) && scrollHeight > clientHeight + 1) {
      add("cut off", `${say(element)} ${scrollHeight} of ${clientHeight} px high`);
    }
  }

  /** The nearest ancestor that is laid out as a box. */
  const boxOf = (element: Element): Element => {
    let at = element;
    while (at.parentElement && /^(inline|contents)$/.test(getComputedStyle(at).display)) {
      at = at.parentElement;
    }
    return at;
  };
  type Line = { rect: DOMRect; parent: Element; box: Element; layer: Element };
  const lines: Line[] = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    const parent = node.parentElement;
    if (!text.trim() || !parent || !isSeen(parent)) continue;
    if (/^(OPTION|SELECT|TEXTAREA|TITLE)$/.test(parent.tagName)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5);
    const box = boxOf(parent);
    const around = box.getBoundingClientRect();
    const layer = layerOf(parent);
    for (const rect of rects) lines.push({ rect, parent, box, layer });
    const out = rects.find((rect) => rect.right > width + 1 || rect.left < -1);
    if (out) {
      add(
        "beyond the window",
        `${say(parent)} ${Math.round(out.left)} to ${Math.round(out.right)} px`,
      );
    } else if (
      rects.some((rect) => rect.right > around.right + 1.5 || rect.left < around.left - 1.5)
    ) {
      add("beyond its box", say(parent));
    }
    const tops = new Set(rects.map((rect) => Math.round(rect.top)));
    const letters = text.trim().length;
    if (letters >= 12 && tops.size >= 4 && letters / tops.size < 4) {
      add("sliver", `${say(parent)} ${tops.size} lines of ${letters} letters`);
    }
    if (tops.size < 2) continue;
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}'’]{3,}/gu)) {
      const start = text.slice(0, index).search(/\S*$/);
      const end = text.slice(index).search(/\s|$/);
      if (index + end - start > 25) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const parts = [...range.getClientRects()].filter((rect) => rect.width > 0.5);
      const rows = new Set(parts.map((rect) => Math.round(rect.top)));
      const whole = parts.reduce((sum, rect) => sum + rect.width, 0);
      if (rows.size > 1 && whole < width * 0.45) add("broken word", `${word} in ${say(parent)}`);
    }
  }

  /** Whether two rectangles overlap by more than a rounding error and by `part` of their height. */
  const overlap = (one: DOMRect, other: DOMRect, part: number) => {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return across > 2 && down > part * Math.min(one.height, other.height);
  };
  lines.sort((one, other) => one.rect.top - other.rect.top);
  for (const [index, one] of lines.entries()) {
    for (let next = index + 1; next < lines.length; next += 1) {
      const other = lines[next];
      if (!other || other.rect.top > one.rect.bottom) break;
      if (one.layer !== other.layer || one.box === other.box) continue;
      if (overlap(one.rect, other.rect, 0.5)) {
        add("text overlaps", `${say(one.parent)} and ${say(other.parent)}`);
      }
    }
  }

  const controls = [
    ...document.querySelectorAll("a[href], button, input, select, textarea, summary"),
  ].filter((element) => isSeen(element) && getComputedStyle(element).opacity !== "0");
  const areas = controls.map((element) => ({
    element,
    layer: layerOf(element),
    rects: [...element.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1),
  }));
  for (const [index, one] of areas.entries()) {
    for (const other of areas.slice(index + 1)) {
      if (one.layer !== other.layer) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (one.rects.some((rect) => other.rects.some((each) => overlap(rect, each, 0.35)))) {
        add("controls overlap", `${say(one.element)} and ${say(other.element)}`);
      }
    }
  }

  for (const bar of document.querySelectorAll("nav")) {
    const { height } = bar.getBoundingClientRect();
    if (height === 0 || getComputedStyle(bar).position !== "fixed") continue;
    const rows = new Set(
      [...bar.querySelectorAll("li")].map((item) => Math.round(item.getBoundingClientRect().top)),
    );
    if (rows.size > 1) add("tab bar", `${rows.size} rows`);
    if (height > window.innerHeight / 6) add("tab bar", `${Math.round(height)} px high`);
  }
  return faults;
}

export type Drawn = { wrong: string[]; seen: number };

/**
 * Runs in the page: whether each of these lines is drawn as it would be on its own, and each phone number
 * from left to right, wherever on the page. Omits lines that wrap.
 */
export function findDirections({ lines, phones }: { lines: string[]; phones: string[] }): Drawn {
  const isolates = /[\u2066-\u2069]/;
  const drawn: Drawn = { wrong: [], seen: 0 };
  type Place = { node: Node; at: number };
  /** The characters below an element without isolates, and the position of each. */
  const read = (root: Element) => {
    let text = "";
    const places: Place[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || /^(OPTION|TEXTAREA|SCRIPT|STYLE|TITLE|NOSCRIPT)$/.test(parent.tagName))
        continue;
      if (parent.closest(".sr-only, svg, .leaflet-container") || !parent.checkVisibility())
        continue;
      const value = node.nodeValue ?? "";
      for (let at = 0; at < value.length; at += 1) {
        if (isolates.test(value[at] ?? "")) continue;
        text += value[at];
        places.push({ node, at });
      }
      // Separates the texts of two elements.
      if (getComputedStyle(parent).display !== "inline") {
        text += "\u0000";
        places.push({ node, at: 0 });
      }
    }
    return { text, places };
  };
  const range = document.createRange();
  const rectOf = ({ node, at }: Place) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  /** The characters from left to right; null when they are on several lines. */
  const orderOf = (text: string, places: Place[]): string | null => {
    const rects = places.map(rectOf);
    const bottoms = rects.filter(({ width }) => width > 0).map(({ bottom }) => bottom);
    const height = Math.max(...rects.map((rect) => rect.height));
    if (bottoms.length === 0 || Math.max(...bottoms) - Math.min(...bottoms) > height / 2)
      return null;
    return [...text]
      .map((letter, index) => ({
        letter,
        middle: (rects[index]?.left ?? 0) + (rects[index]?.right ?? 0),
      }))
      .filter(({ letter }) => letter.trim())
      .sort((one, other) => one.middle - other.middle)
      .map(({ letter }) => letter)
      .join("");
  };
  const sheet = document.createElement("p");
  sheet.style.cssText = "white-space: pre; position: absolute; top: 0; font: inherit";
  document.body.append(sheet);
  const alone = (line: string, dir: string) => {
    // Without the override, groups of Arabic digits are drawn from right to left.
    const own = document.createElement(dir === "ltr" ? "bdo" : "bdi");
    own.dir = dir;
    own.textContent = line;
    sheet.replaceChildren(own);
    const { text, places } = read(sheet);
    return orderOf(text.slice(0, line.length), places.slice(0, line.length));
  };
  const wanted = [
    ...lines.map((line) => ({ line, order: alone(line, "auto") })),
    ...phones.map((line) => ({ line, order: alone(line, "ltr") })),
  ];
  sheet.remove();
  const { text, places } = read(document.body);
  for (const { line, order } of wanted) {
    for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1)) {
      const found = orderOf(line, places.slice(at, at + line.length));
      if (found === null) continue;
      drawn.seen += 1;
      if (found === order) continue;
      const parent = places[at]?.node.parentElement;
      drawn.wrong.push(
        `${parent?.tagName.toLowerCase()} ${line} is drawn ${found} in "${parent?.textContent?.slice(0, 60)}"`,
      );
    }
  }
  return drawn;
}
