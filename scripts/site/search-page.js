// On a page of the site: what is typed is looked up in the index beside it; nothing leaves the machine.
(() => {
  const { MiniSearch, kayaIndex, wordsOf, indexOptions } = globalThis;
  const index = MiniSearch.loadJS(kayaIndex, indexOptions(wordsOf));
  const input = document.querySelector('#search');
  const found = document.querySelector('#found');
  const { root } = document.body.dataset;
  const line = ({ href, title, heading, start }) => {
    const paragraph = document.createElement('p');
    const link = document.createElement('a');
    link.href = root + href;
    link.textContent = heading === title ? title : `${title}: ${heading}`;
    paragraph.append(link, document.createElement('br'), start);
    return paragraph;
  };
  const show = () => {
    const text = input.value.trim();
    const hits = text === '' ? [] : index.search(text).slice(0, 12);
    const none = text !== '' && hits.length === 0 ? ['Nothing has all of these words.'] : [];
    found.replaceChildren(...hits.map(line), ...none);
  };
  input.addEventListener('input', show);
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') {
      input.value = '';
      show();
    }
    if (key === 'Enter') found.querySelector('a')?.click();
  });
  if (matchMedia('(max-width:760px)').matches) document.querySelector('nav details').open = false;
})();
