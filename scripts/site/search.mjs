// The search of the site: how text is cut into words, on the page and when the index is made.

/** Words of a text: runs of letters and digits, in lower case; of Chinese every character and every two beside each other. */
export function wordsOf(text) {
  return (text.toLowerCase().match(/[\p{Script=Han}]+|[\p{L}\p{N}_]+/gu) ?? []).flatMap((run) =>
    /\p{Script=Han}/u.test(run)
      ? [...run, ...Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))]
      : [run],
  );
}

/** Options of the index, alike where it is made and where it is read. */
export function indexOptions(tokenize) {
  return {
    fields: ['title', 'heading', 'text'],
    storeFields: ['title', 'heading', 'href', 'start'],
    tokenize,
    searchOptions: { tokenize, boost: { title: 4, heading: 3 }, prefix: (word) => word.length > 2, combineWith: 'AND' },
  };
}

/** What is indexed of a page: one entry a heading. */
export function entriesOf({ target, title, parts }) {
  return parts.map(({ id, heading, text }) => ({
    id: `${target}#${id}`,
    href: `${target}#${id}`,
    title,
    heading,
    text,
    start: text.slice(0, 140),
  }));
}
