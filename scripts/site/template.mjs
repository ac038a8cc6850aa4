// The frame of every page of the site: contents at the side, search above, the page itself.
import { hrefFrom, targetOf } from './pages.mjs';

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}

/** @param {{ target: string, title: string, html: string, language: string, sections: { heading: string, sources: string[] }[], titles: Map<string, string> }} page */
export function framed({ target, title, html, language, sections, titles }) {
  const to = (other) => escapeHtml(hrefFrom(target, other));
  const item = (source) => {
    const own = targetOf(source);
    const here = own === target ? ' aria-current="page"' : '';
    return `<li><a href="${to(own)}"${here}>${escapeHtml(titles.get(source) ?? source)}</a></li>`;
  };
  const nav = sections
    .map(({ heading, sources }) => `<h2>${escapeHtml(heading)}</h2><ul>${sources.map(item).join('')}</ul>`)
    .join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} · Kaya</title>
<link rel="stylesheet" href="${to('site.css')}">
<script defer src="${to('search-index.js')}"></script>
<script defer src="${to('search.js')}"></script>
</head>
<body data-root="${escapeHtml(hrefFrom(target, 'index.html').replace(/index\.html$/, ''))}">
<a class="skip" href="#page">Skip to the page</a>
<header>
<a class="home" href="${to('index.html')}">Kaya</a>
<label class="search">Search <input type="search" id="search" autocomplete="off" placeholder="cluster, 门槛, --vcov"></label>
<div id="found" role="status" aria-live="polite"></div>
</header>
<div class="columns">
<nav aria-label="Contents"><details open><summary>Contents</summary>
${nav}
<ul><li><a href="${to('gallery.html')}"${target === 'gallery.html' ? ' aria-current="page"' : ''}>Gallery of tables and figures</a></li></ul>
</details></nav>
<main id="page">
${html}
</main>
</div>
</body>
</html>
`;
}

export const style = `:root{color-scheme:light dark;--ink:light-dark(#1c1b19,#e8e6e1);--soft:light-dark(#5d5a54,#a5a19a);--paper:light-dark(#fffefb,#191817);--line:light-dark(#dcd8cf,#3a3835);--link:light-dark(#1d4e89,#8ab8ef);--code:light-dark(#f4f1ea,#24221f)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 'Source Serif 4',Charter,'Bitstream Charter','Times New Roman','Noto Serif CJK SC',serif}
a{color:var(--link)}
.skip{position:absolute;left:-99em}.skip:focus{left:1em;top:.5em;background:var(--paper);z-index:3}
header{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:.5em 1.5em;align-items:center;padding:.6em 1.2em;background:var(--paper);border-bottom:1px solid var(--line)}
.home{font-weight:bold;text-decoration:none;color:var(--ink)}
.search{color:var(--soft);font-size:.85em}.search input{font:inherit;width:min(24em,60vw);padding:.2em .5em;background:var(--code);color:var(--ink);border:1px solid var(--line);border-radius:3px}
#found{flex-basis:100%;max-height:60vh;overflow:auto}#found:empty{display:none}#found p{margin:.5em 0;font-size:.85em;color:var(--soft)}#found a{font-size:1.1em}
.columns{display:grid;grid-template-columns:17em minmax(0,1fr);max-width:78em;margin:auto}
nav{padding:1em 1.2em;font-size:.85em;border-right:1px solid var(--line)}nav summary{display:none}nav h2{font-size:1em;margin:1.2em 0 .2em}nav ul{list-style:none;margin:0;padding:0}nav li{margin:.15em 0}nav a{text-decoration:none}nav a[aria-current]{font-weight:bold;color:var(--ink)}
main{padding:1em 2em 4em;max-width:56em}
h1{font-size:1.7em;line-height:1.25}h2{font-size:1.3em;margin-top:2em}h3{font-size:1.1em;margin-top:1.6em}
h1,h2,h3,h4{scroll-margin-top:4em}
code,pre{font-family:'Source Code Pro',ui-monospace,Menlo,Consolas,'Noto Sans Mono CJK SC',monospace;font-size:.82em}
code{background:var(--code);padding:.1em .25em;border-radius:3px;overflow-wrap:anywhere}pre{background:var(--code);padding:.8em 1em;overflow:auto;border-radius:4px}pre code{padding:0;background:none;overflow-wrap:normal}
table{border-collapse:collapse;display:block;overflow:auto;font-size:.88em;margin:1em 0}td code,th code{overflow-wrap:normal;white-space:nowrap}th,td{border-bottom:1px solid var(--line);padding:.3em .6em;text-align:left;vertical-align:top}
img{max-width:100%;height:auto}
figure{margin:2em 0}figure img{background:#fff}figcaption{font-size:.9em;color:var(--soft)}
figure table td,figure table th{border-bottom:0}
@media(max-width:760px){.columns{grid-template-columns:minmax(0,1fr)}nav{border-right:0;border-bottom:1px solid var(--line)}nav summary{display:block;cursor:pointer}main{padding:1em 1.2em 3em}}
@media print{header,nav{display:none}.columns{display:block}}
`;
