"use strict";
// Shows the mistakes that fit the filters. The filters stand in the address (#field=...&kind=wrong), so that a link
// shares what it shows. All texts go into the page as text, never as markup.
(() => {
  const ROWS = 100;
  const NAMES = ["q", "field", "format", "kind", "warned", "filing"];
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const find = (id) => document.getElementById(id);
  const number = (value) => value.toLocaleString("en-US");
  const many = (value, one) => number(value) + " " + one + (value === 1 ? "" : "s");
  let first = 0;
  let filingsShown = ROWS;

  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const filled = (name, ...parts) => {
    const element = document.createElement(name);
    element.append(...parts);
    return element;
  };
  const anchor = (text, href) => {
    const element = make("a", text);
    element.setAttribute("href", href);
    return element;
  };
  const filingOf = (mistake) => data.filings[mistake.filing] || { name: mistake.name, href: "", format: mistake.format };
  const value = (text) => (text === null ? make("span", "nothing", "nothing") : make("bdi", text));
  const tag = (kind) => make("span", kind, "tag " + kind);
  const warned = (mistake) => (mistake.flagged ? make("span", "flagged") : make("span", "silent", "silent"));
  const source = (filing, page) => filing.href + (page && filing.format === "pdf" ? "#page=" + page : "");

  const named = (filing, page) => {
    const name = make("bdi", filing.name);
    if (!filing.href) return name;
    const link = anchor("", source(filing, page));
    link.append(name);
    return link;
  };
  const place = (mistake) => {
    const filing = filingOf(mistake);
    if (!mistake.place) return make("span", "no place", "nothing");
    return filing.href ? anchor(mistake.place, source(filing, mistake.page)) : make("span", mistake.place);
  };
  const evidence = (filing) => anchor("evidence", "#filing=" + encodeURIComponent(filing.name));

  // A path may break where it has a step or a word, and nowhere else.
  const pathOf = (text) => {
    const element = make("bdi", undefined, "path");
    for (const step of text.split(/(?<=[._\]])/)) element.append(step, document.createElement("wbr"));
    return element;
  };

  const row = (mistake) => {
    const filing = filingOf(mistake);
    return filled(
      "tr",
      filled("td", pathOf(mistake.path)),
      filled("td", tag(mistake.kind)),
      filled("td", value(mistake.expected)),
      filled("td", value(mistake.got)),
      filled("td", warned(mistake)),
      filled("td", place(mistake)),
      filled("td", named(filing, mistake.page), " ", evidence(filing)),
    );
  };

  const card = (mistake) => {
    const list = document.createElement("dl");
    const add = (name, ...parts) => list.append(make("dt", name), filled("dd", ...parts));
    add("Mistake", tag(mistake.kind), ", ", warned(mistake));
    add("Expected", value(mistake.expected));
    add("Got", value(mistake.got));
    if (mistake.seen) add("In the result", pathOf(mistake.seen));
    add("In the document", mistake.raw === null ? make("span", "no text is cited", "nothing") : make("bdi", mistake.raw));
    add("Place", place(mistake));
    if (mistake.certainty) add("Certainty", mistake.certainty);
    for (const problem of mistake.problems) add("Problem", make("bdi", problem));
    const title = filled("h3", pathOf(mistake.path));
    const element = filled("article", title, list);
    element.className = "card";
    return element;
  };

  const wanted = () => Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));
  const texts = (mistake) => [mistake.path, mistake.expected, mistake.got, mistake.raw, filingOf(mistake).name];
  const fits = (mistake, want) =>
    (!want.field || mistake.field === want.field) &&
    (!want.format || mistake.format === want.format) &&
    (!want.kind || mistake.kind === want.kind) &&
    (!want.warned || mistake.flagged === (want.warned === "flagged")) &&
    (!want.filing || filingOf(mistake).name === want.filing) &&
    (!want.q || texts(mistake).some((text) => text && text.toLowerCase().includes(want.q.toLowerCase())));

  const showList = (found) => {
    first = Math.min(first, Math.max(0, Math.floor((found.length - 1) / ROWS) * ROWS));
    const last = Math.min(first + ROWS, found.length);
    find("list").tBodies[0].replaceChildren(...found.slice(first, last).map(row));
    const all = data.mistakes.length;
    const which = found.length ? `Rows ${number(first + 1)}–${number(last)} of ` : "";
    const of = found.length === all ? "" : `, out of ${number(all)} on this page`;
    find("shown").textContent = `${which}${many(found.length, "mistake")}${of}.`;
    find("back").disabled = first === 0;
    find("next").disabled = last >= found.length;
  };

  const showFiling = (name, found) => {
    const home = find("filing");
    const filing = data.filings.find((one) => one.name === name);
    if (!name) {
      home.replaceChildren(make("p", "Choose “evidence” at a mistake, or a filing in the list below.", "soft"));
      return;
    }
    if (!filing) {
      home.replaceChildren(make("p", "No filing of this name is on the page.", "notice"));
      return;
    }
    const head = filled("p", named(filing, null), ` (${filing.format}): ${number(filing.right)} right, `);
    head.append(`${many(filing.mistakes, "mistake")}, ${number(filing.silent)} silent. `);
    if (!filing.href) head.append("Its file was not found from here when this page was written.");
    const cards = found.slice(0, ROWS).map(card);
    if (filing.error) cards.unshift(make("p", filing.error, "notice"));
    if (found.length > ROWS) cards.push(make("p", `The list above has ${many(found.length - ROWS, "more mistake")} of this filing.`, "notice"));
    if (!found.length) cards.push(make("p", filing.mistakes ? "None of its mistakes fits the filters." : "Every field is right.", "soft"));
    home.replaceChildren(head, ...cards);
  };

  const showFilings = () => {
    const rows = data.filings.slice(0, filingsShown).map((filing) => {
      const name = filled("th", named(filing, null), " ");
      name.scope = "row";
      if (filing.mistakes || filing.error) name.append(evidence(filing));
      const figures = [filing.right, filing.mistakes, filing.silent].map((figure) => make("td", number(figure)));
      return filled("tr", name, make("td", filing.format === "none" ? "no result" : filing.format), ...figures);
    });
    find("filing-list").tBodies[0].replaceChildren(...rows);
    find("filings-shown").textContent = `${number(rows.length)} of ${many(data.filings.length, "filing")}.`;
    find("more-filings").hidden = rows.length >= data.filings.length;
  };

  const show = () => {
    const want = wanted();
    const found = data.mistakes.filter((mistake) => fits(mistake, want));
    showList(found);
    showFiling(want.filing, want.filing ? found : []);
  };

  // From the address to the filters, and back. An address without "=" only names a part of the page.
  const choose = (select, text) => {
    if (text && select.tagName === "SELECT" && ![...select.options].some((option) => option.value === text)) {
      select.append(new Option(text, text));
    }
    select.value = text;
  };
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of NAMES) choose(form.elements[name], asked.get(name) || "");
    first = Math.max(0, (parseInt(asked.get("page"), 10) || 1) - 1) * ROWS;
  };
  const write = () => {
    const said = new URLSearchParams(Object.entries(wanted()).filter(([, text]) => text));
    if (first) said.set("page", String(first / ROWS + 1));
    history.replaceState(null, "", "#" + (said.toString() || "mistakes"));
  };
  const follow = (jump) => {
    if (!location.hash.includes("=")) return;
    read();
    show();
    if (!jump) return;
    const title = find(form.elements.filing.value ? "evidence-title" : "mistakes-title");
    title.scrollIntoView();
    title.focus({ preventScroll: true });
  };
  const turn = (step) => {
    first += step * ROWS;
    show();
    write();
    find("mistakes-title").scrollIntoView();
  };
  const changed = () => {
    first = 0;
    show();
    write();
  };

  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  find("back").addEventListener("click", () => turn(-1));
  find("next").addEventListener("click", () => turn(1));
  find("more-filings").addEventListener("click", () => {
    filingsShown += ROWS * 10;
    showFilings();
  });
  addEventListener("hashchange", () => follow(true));
  showFilings();
  show();
  follow(true);
})();
