import { byteLetters } from './byte-text.ts';

/**
 * What the page does beyond showing itself: the language switch, saving the results, the contents beside it. Without it
 * the page shows the study's own language. The words of another are set beside it when they are first asked for; the page says so
 * before (`kaya-language`), for it must stand as the authors have it, and after (`kaya-languages`).
 */
export const pageScript = `
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll('.languages button')];
  const unpacked = async (id) => {
    const text = document.getElementById(id).textContent;
    const places = new Uint8Array(128);
    [...'${byteLetters}'].forEach((letter, i) => { places[letter.charCodeAt(0)] = i; });
    const packed = new Uint8Array(Math.floor((text.length * 4) / 5));
    for (let i = 0, at = 0; i < text.length; i += 5) {
      const size = Math.min(5, text.length - i);
      let value = 0;
      for (let k = 0; k < 5; k++) value = value * 85 + (k < size ? places[text.charCodeAt(i + k)] : 84);
      for (let k = 0; k < size - 1; k++) packed[at++] = Math.floor(value / 256 ** (3 - k)) % 256;
    }
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
  };

  const own = root.lang;
  const set = async (language) => {
    const words = document.createElement('template');
    words.innerHTML = await (await unpacked('kaya-language-' + language)).text();
    const texts = [...words.content.children];
    document.dispatchEvent(new Event('kaya-language'));
    const lang = language === 'zh' ? 'zh-Hans' : 'en';
    [...document.querySelectorAll('body :is(span,div)[lang="' + own + '"]')].slice(0, texts.length).forEach((one, i) => {
      const other = document.createElement(one.localName);
      other.lang = lang;
      other.append(...texts[i].childNodes);
      one.after(other);
    });
    document.dispatchEvent(new Event('kaya-languages'));
  };
  const there = { [root.dataset.language]: Promise.resolve() };
  let wanted;
  const show = async (language) => {
    wanted = language;
    await (there[language] ??= set(language));
    if (wanted !== language) return;
    root.dataset.language = language;
    root.lang = language === 'zh' ? 'zh-Hans' : 'en';
    document.title = root.dataset[language === 'zh' ? 'titleZh' : 'titleEn'];
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.value === language));
  };
  for (const button of buttons) button.addEventListener('click', () => show(button.value));
  document.querySelector('.languages').hidden = false;
  for (const said of document.querySelectorAll('.no-script')) said.remove();
  const asked = new URLSearchParams(location.search).get('lang');
  if (buttons.some((button) => button.value === asked)) show(asked);

  const save = document.getElementById('download-results');
  save.hidden = false;
  save.addEventListener('click', async () => {
    const results = await unpacked('kaya-results');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await results.arrayBuffer()], { type: 'application/json' }));
    link.download = 'results.json';
    link.click();
    URL.revokeObjectURL(link.href);
  });

  const fold = document.querySelector('.contents details');
  const wide = matchMedia('(min-width: 80rem)');
  const place = () => {
    fold.open = wide.matches;
  };
  place();
  wide.addEventListener('change', place);
  fold.addEventListener('click', ({ target }) => {
    if (target.closest('a') !== null && !wide.matches) fold.open = false;
  });

})();
`.trim();

/** What the policy of the page knows the script by; a test holds it to the script. */
export const pageScriptSha256 = 'NZDKHgwf9pQH1TOLNhQ1TsfZEpUG+R/1hoksbKR6v5U=';
