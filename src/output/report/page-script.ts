/**
 * What the page does beyond showing itself: the language switch, saving the results, the contents beside it. Without it
 * the page shows the study's own language.
 */
export const pageScript = `
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll('.languages button')];
  const show = (language) => {
    root.dataset.language = language;
    root.lang = language === 'zh' ? 'zh-Hans' : 'en';
    document.title = root.dataset[language === 'zh' ? 'titleZh' : 'titleEn'];
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.value === language));
  };
  for (const button of buttons) button.addEventListener('click', () => show(button.value));
  document.querySelector('.languages').hidden = false;
  const asked = new URLSearchParams(location.search).get('lang');
  if (buttons.some((button) => button.value === asked)) show(asked);

  const save = document.getElementById('download-results');
  save.hidden = false;
  save.addEventListener('click', async () => {
    const packed = Uint8Array.from(atob(document.getElementById('kaya-results').textContent), (one) => one.charCodeAt(0));
    const results = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
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
export const pageScriptSha256 = 'B529KercDGbYphfytoJI6b2A8QOIg1ysI7Bn8Kpy5iw=';
