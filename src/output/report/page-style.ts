import { tableStyle } from '../document/table/table-style.ts';

// English names no Chinese font: it would draw apostrophes and quotes in the width of a Chinese character.
const serif = "'Source Serif 4',Charter,'Bitstream Charter','Iowan Old Style',Georgia,'Times New Roman',serif";
const sans = "'Source Sans 3','Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif";
const chinese = "'Helvetica Neue',Helvetica,Arial,'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif";
const mono = "ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono','Noto Sans Mono CJK SC',monospace";

/** Colours, light and dark. `--figure-paper` fills open symbols of figures. */
const colours = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1e21;--quiet:#5b626b;--rule:#d5d9de;--wash:#f5f6f8;--link:#2a5d8f;--alert:#a93a28;--alert-wash:#fcf4f2;--changed:#e8f0f9;--figure-paper:var(--paper)}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e3e5e8;--quiet:#9aa2ab;--rule:#353a40;--wash:#1d2024;--link:#8bb6e0;--alert:#ec8f7c;--alert-wash:#241b19;--changed:#1d2c3d}}
@media screen and (prefers-color-scheme:dark){figure svg [fill="#dfe9f1"]{fill:#26313a}figure svg [fill^="var(--link"]{fill:#44688c}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--quiet:#444;--rule:#bbb;--wash:#fff;--link:#555;--alert:#8a2a1a;--alert-wash:#fff}}
`;

/** One language is shown: the one that the root element names. */
const languageRules = `
html[data-language=en] body [lang|=zh]:not(.no-script),html[data-language=zh] body [lang|=en]:not(.no-script){display:none!important}
.no-script{font-weight:400}
`;

const page = `
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:17px/1.58 ${serif};-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
html[data-language=zh]{font-family:${chinese};font-feature-settings:normal;font-size:16px;line-height:1.75}
body{margin:0;display:grid;grid-template-columns:minmax(0,1fr);padding:0 1.25rem 4rem}
main{max-width:60rem;width:100%;margin:0 auto}
h1,h2,h3,p,dl,dd,figure{margin:0}
h1{font-size:2.2rem;line-height:1.18;font-weight:600;letter-spacing:-.012em;text-wrap:balance}
h2{font-size:1.42rem;line-height:1.3;font-weight:600;margin-bottom:.8rem}
h3{font-size:1rem;font-weight:600}
html[data-language=zh] h1{font-size:1.95rem;line-height:1.35;letter-spacing:0}
main>section{padding-top:3.2rem}
main>section>p{max-width:40rem;margin-bottom:1.1rem}
html[data-language=en]{font-variant-east-asian:proportional-width}
.on-paper{display:none}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,button:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
small,.notes,figcaption,.place,.role,.unit{color:var(--quiet)}
small{font-size:.82rem}
code,pre{font-family:${mono};font-size:.84em}
pre{background:var(--wash);padding:.9rem 1rem;overflow-x:auto;line-height:1.5;margin:1rem 0 0;border-radius:3px}
.masthead{max-width:60rem;width:100%;margin:0 auto;padding:1.15rem 0 .5rem;display:flex;justify-content:space-between;align-items:center;font:600 .78rem/1.4 ${sans};color:var(--quiet)}
.skip{position:absolute;inset-block-start:-6rem;background:var(--paper);padding:.4rem .8rem;z-index:4;font:600 .9rem/1.4 ${sans}}
.skip:focus{inset-block-start:.4rem}
.languages{display:flex;border:1px solid var(--rule);border-radius:4px;overflow:hidden}
.languages[hidden]{display:none}
.languages button{font:inherit;color:inherit;background:none;border:0;padding:.3rem .75rem;cursor:pointer}
.languages button+button{border-inline-start:1px solid var(--rule)}
.languages button[aria-pressed=true]{background:var(--ink);color:var(--paper)}
.contents{font:.86rem/1.4 ${sans};max-width:60rem;width:100%;margin:0 auto}
.contents details{margin:0}
.contents summary{padding:.3rem 0}
.contents ol{list-style:none;margin:0;padding:0}
.contents ol ol{margin:0 0 .4rem;padding-inline-start:.8rem;border-inline-start:1px solid var(--rule);font-size:.92em}
.contents a{color:var(--quiet);display:block;padding:.14rem 0}
.contents>details>ol>li>a{color:var(--ink);font-weight:600}
.contents a:hover,.contents a[aria-current]{color:var(--link)}
`;

const opening = `
main>.opening{padding-top:1.6rem}
.subtitle{font-size:1.12rem;color:var(--quiet);margin-top:.6rem;max-width:42rem;text-wrap:pretty}
main>.opening>.authors{margin:.8rem 0 0;max-width:none}
main>.opening>.follows{margin:.1rem 0 0;max-width:none;font-size:.9rem;color:var(--quiet)}
main>.opening>.subtitle{margin-bottom:0}
.notice{margin-top:1.3rem;border:1px solid var(--alert);background:var(--alert-wash);padding:.75rem 1.1rem .8rem}
.notice p{max-width:46rem;font-size:.94rem;line-height:1.5}
.notice .notice-title{color:var(--alert);font:700 .92rem/1.4 ${sans};margin-bottom:.15rem}
.numbers{display:grid;grid-template-columns:repeat(3,auto) minmax(19rem,2.2fr);gap:.4rem 2.2rem;margin:1.5rem 0 0;align-items:start}
.numbers dt{font:.8rem/1.35 ${sans};color:var(--quiet)}
.numbers dd{font-size:1.75rem;line-height:1.3;font-variant-numeric:lining-nums tabular-nums;white-space:nowrap}
.coefficient dd{display:flex;align-items:flex-start;gap:.15rem 1.2rem;flex-wrap:wrap}
.coefficient .place{white-space:nowrap}
.coefficient .place::before{content:'· '}
.intervals{border-collapse:collapse;font:.8rem/1.35 ${sans};font-variant-numeric:tabular-nums;margin-top:.2rem}
.intervals caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.intervals th,.intervals td{font-weight:400;text-align:start;padding:.1rem .7rem .1rem 0;white-space:nowrap;vertical-align:middle}
.bar{display:block;overflow:visible}
.bar .zero{stroke:var(--quiet);stroke-width:1}
.bar .range{stroke:var(--link);stroke-width:2.4;stroke-linecap:round}
.bar .point{fill:var(--link)}
.opening .scroll{margin-top:1.6rem}
.verdicts{border-collapse:collapse;width:100%;font-size:.94rem;line-height:1.45}
.verdicts caption{text-align:start;font-weight:600;padding-bottom:.4rem}
.verdicts th,.verdicts td{text-align:start;vertical-align:baseline;padding:.45rem 1.1rem .45rem 0;border-bottom:1px solid var(--rule);font-weight:400}
.verdicts thead th{font:.8rem/1.35 ${sans};color:var(--quiet);border-top:1px solid var(--rule)}
.verdicts tbody th{font-weight:600}
.verdicts small{display:block}
.rules dl{font-size:.9rem;max-width:46rem;margin:.6rem 0 0}
.rules dt{font-weight:600;margin-top:.5rem}
.rules dd{margin:0}
.verdicts td:nth-child(2){min-width:12rem}
.verdict>span{font-weight:600;white-space:nowrap}
.verdict>span::before{content:'';display:inline-block;width:.58em;height:.58em;margin-inline-end:.5em;border:1.5px solid currentColor;border-radius:50%}
.verdict.supported>span::before{background:currentColor}
.verdict.partly>span::before{background:linear-gradient(90deg,currentColor 50%,transparent 50%)}
`;

const version = `
#version{position:sticky;top:0;z-index:3}
.version{background:var(--paper);border-block:1px solid var(--rule);padding:.55rem 0;margin-top:1.6rem;font:.86rem/1.45 ${sans}}
html[data-language=zh] .version{font-family:${chinese}}
.version>details{margin:0}
.version summary{font-weight:600}
.version details[open]>p{margin:.2rem 0 .7rem;color:var(--quiet)}
.version-choices{display:flex;flex-wrap:wrap;gap:.7rem 1.4rem;align-items:flex-end}
.version-choices label>span,.version legend{display:block;color:var(--quiet);font-size:.92em;padding:0}
.version fieldset{border:0;margin:0;padding:0;min-width:0}
.version input,.version select,.version button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--rule);border-radius:4px;padding:.24rem .5rem;max-width:15rem}
.version input[type=number]{width:5rem}
.version input[type=checkbox]{accent-color:var(--link)}
.version button{cursor:pointer;color:var(--link);font-weight:600}
.version :is(input,select):focus-visible{outline:2px solid var(--link);outline-offset:1px}
.version-check{display:inline-flex;align-items:center;gap:.25rem;margin-inline-end:.8rem}
.version-units{display:inline-flex;flex-wrap:wrap;gap:.3rem;margin-inline-start:.4rem}
.version-standing{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;align-items:baseline}
.version-standing:not(:empty){margin-top:.45rem}
.version-standing .warned{margin:0}
.version-acts{display:flex;gap:.6rem;align-items:baseline;margin-top:.45rem}
.version-none{margin-top:1.2rem;color:var(--quiet)}
[data-standing]::before{content:attr(data-standing)}
[data-standing]::before,.verdicts .standing{display:block;width:fit-content;font:.78rem/1.45 ${sans};color:var(--quiet);border-inline-start:3px solid var(--rule);padding-inline-start:.5rem;margin:.2rem 0 .35rem;white-space:normal}
html[data-language=zh] [data-standing]::before,html[data-language=zh] .standing{font-family:${chinese}}
section[data-standing]::before{margin-bottom:1rem}
[data-waiting]>*,.waiting>.verdict{opacity:.5}
.changed{background:var(--changed);box-shadow:inset 0 -2px 0 var(--link)}
.asks{cursor:pointer}
.asks:hover{text-decoration:underline dotted;text-underline-offset:.2em}
.asks:focus-visible{outline:2px solid var(--link);outline-offset:-1px}
.answer{border:1px solid var(--rule);border-radius:6px;background:var(--paper);color:var(--ink);padding:1rem 1.3rem 1.2rem;max-width:min(46rem,94vw);max-height:86vh;font:.88rem/1.5 ${sans}}
html[data-language=zh] .answer{font-family:${chinese}}
.answer::backdrop{background:rgb(0 0 0/.28)}
.answer>button{float:inline-end;font:inherit;color:var(--link);background:none;border:1px solid var(--rule);border-radius:4px;padding:.2rem .6rem;cursor:pointer}
.answer h2{font-size:1rem;margin:1rem 0 .3rem}
.answer-estimate strong{font-size:1.25rem;margin-inline-start:.6rem;font-variant-numeric:tabular-nums}
.answer table{border-collapse:collapse;margin-top:.5rem;font-variant-numeric:tabular-nums}
.answer th,.answer td{text-align:start;font-weight:400;padding:.18rem .9rem .18rem 0;border-bottom:1px solid var(--rule);vertical-align:baseline}
.answer th[scope=row]{min-width:11rem}
.answer thead th{color:var(--quiet)}
.answer dl>div{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:.6rem}
.answer dt{color:var(--quiet)}
.answer code{overflow-wrap:anywhere}
.answer details{margin-top:.4rem}
figure svg [aria-label]:not(g){cursor:pointer}
figure svg [aria-label]:not(g):focus-visible{outline:2px solid var(--link);outline-offset:2px}
`;

const body = `
.scroll{overflow-x:auto;overscroll-behavior-x:contain;padding-bottom:2px}
.exhibit{margin:1.6rem 0 2.4rem}
@media screen{
main>section:not(#top)>:not(h2,h3,p){content-visibility:auto;contain-intrinsic-size:auto 40rem;overflow-clip-margin:6px}
.method{contain-intrinsic-height:auto 7rem!important}
#verdicts{contain-intrinsic-size:auto 40rem}
main>section>[data-held]{content-visibility:hidden!important}
main>section>[data-met]{content-visibility:visible!important}
}
.beside{display:flex;flex-wrap:wrap;gap:1.4rem 2.4rem;align-items:start}
.beside>div{flex:0 1 auto;min-width:0;max-width:100%}
.beside>.exhibit{flex:1 1 24rem;min-width:0;max-width:34rem;margin:0}
section>.scroll,details .scroll{margin-top:.6rem}
.exhibit>:is(.printed,.beside)~div[lang]{margin-top:1.6rem}
.kaya-table{font-size:.94rem;min-width:min(100%,34rem)}
.kaya-table caption{padding-bottom:.7em;white-space:nowrap}
.kaya-table .hangs{min-width:5.4rem}
.kaya-table .alert{color:var(--alert);font-weight:600}
.kaya-table.prose td,.kaya-table.prose th{white-space:normal}
.kaya-table.prose td.num{white-space:nowrap}
.kaya-table.many{font-size:.84rem}
.kaya-table.many .hangs{min-width:0;padding-inline-end:1.45em}
.notes{font-size:.84rem;line-height:1.5;margin-top:.5rem;max-width:46rem}
.notes p{margin:0 0 .15rem}
.notes .synthetic{color:var(--alert)}
.measures .assumed dt{color:var(--alert);font:600 .78rem/1.4 ${sans}}
details{margin-top:1rem}
details+p{margin-top:.9rem}
summary{cursor:pointer;color:var(--link);font:.9rem/1.5 ${sans};width:fit-content}
.measures{border-top:1px solid var(--rule)}
.measure{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:0 1.4rem;padding:.85rem 0 .9rem;border-bottom:1px solid var(--rule)}
.measure .role{font:.8rem/1.4 ${sans}}
.measure .name .unit{font-size:.9rem}
.measure .name .unit::before{content:'· '}
.measure .formula{font-family:${mono};font-size:.82rem;line-height:1.5;margin:.25rem 0 .35rem;overflow-wrap:anywhere}
.measure dl{font-size:.86rem;line-height:1.5}
.measure dl>div{display:grid;grid-template-columns:8.2rem minmax(0,1fr);gap:.6rem}
.measure dt{font:.8rem/1.6 ${sans};color:var(--quiet)}
.measure .input dt{font-family:${mono};font-size:.76rem;overflow-wrap:anywhere}
.facts{display:grid;gap:.3rem;font-size:.92rem}
.facts>div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:1rem}
.facts dt{color:var(--quiet)}
.facts dd{font-family:${mono};font-size:.82rem;line-height:1.8;overflow-wrap:anywhere}
.embedded{margin-top:1.2rem}
.embedded button{font:600 .8rem/1.4 ${sans};color:var(--link);background:none;border:1px solid var(--rule);border-radius:4px;padding:.25rem .7rem;cursor:pointer}
.exhibit svg{display:block;max-width:100%;height:auto}
.beside>.exhibit svg,.drawn-column svg{width:100%;max-width:32rem}
.drawn-column{display:none}
figcaption{font-size:.88rem;line-height:1.5;margin-top:.7rem;max-width:46rem}
figcaption strong{color:var(--ink)}
#data h3{margin:2rem 0 .5rem}
#data .scroll{margin-top:1.6rem}
.coverage .scroll,#data details .scroll{margin-top:.6rem}
.kaya-table.data{width:100%;min-width:44rem}
.kaya-table.data thead th::first-letter{text-transform:uppercase}
.kaya-table.data:not(.wide) tbody th{min-width:7.5rem}
.kaya-table.data td,.kaya-table.data th{vertical-align:baseline}
.kaya-table.data code{overflow-wrap:anywhere}
.kaya-table.wide{font-size:.78rem;font-variant-numeric:tabular-nums}
.warned{overflow-wrap:anywhere;margin-top:1.2rem;border-inline-start:3px solid var(--alert);padding-inline-start:.8rem}
.flow{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 0;margin:0;padding:0;font:.86rem/1.4 ${sans}}
.flow li{display:flex;align-items:baseline;gap:.4rem;border:1px solid var(--rule);padding:.35rem .8rem;border-radius:3px}
.flow li+li{margin-inline-start:1.7rem;position:relative}
.flow li+li::before{content:'→';position:absolute;inset-inline-start:-1.35rem;color:var(--quiet)}
.take{display:none}
html[data-live] .take{display:block;margin-top:.5rem}
.take p{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:.3rem 0 0;font:.82rem/1.4 ${sans}}
.take button{font:inherit;color:var(--link);background:none;border:1px solid var(--rule);border-radius:4px;padding:.2rem .6rem;cursor:pointer}
.methods a{color:inherit;text-decoration:underline dotted;text-underline-offset:.2em}
.method{padding:.7rem 0;border-bottom:1px solid var(--rule);max-width:46rem;font-size:.94rem}
.method math{margin:.5rem 0;text-align:start;font-size:1.05em}
.method p{margin:0}
.method cite{color:var(--quiet);font-style:normal;font-size:.92em}
details pre{max-height:22rem;overflow:auto}
footer{max-width:60rem;width:100%;margin:3.5rem auto 0;padding-top:.8rem;border-top:1px solid var(--rule);font:.8rem/1.5 ${sans};color:var(--quiet)}
`;

const narrow = `
html[data-language=zh] .kaya-table thead th{word-break:keep-all}
@media (min-width:48rem){html[data-language=zh] .verdicts small{white-space:nowrap}}
@media (min-width:80rem){
body{grid-template-columns:15rem minmax(0,60rem);column-gap:3rem;justify-content:center;align-items:start}
.masthead,main,footer{grid-column:2}
.contents{grid-column:1;grid-row:2;position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:2rem .4rem 2rem 0}
.contents>details>ol>li{margin-bottom:.3rem}
}
@media screen and (max-width:48rem){
.drawn-page{display:none}
#version{position:static}
.drawn-column{display:block}
html{font-size:16px}
body{padding:0 1rem 3rem}
h1{font-size:1.65rem}
html[data-language=zh] h1{font-size:1.5rem}
.contents{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--rule);margin:0 -1rem;padding:0 1rem;width:auto}
.contents details>ol{max-height:70vh;overflow-y:auto;padding-bottom:.8rem}
html{scroll-padding-top:3.2rem}
.numbers{grid-template-columns:repeat(3,auto);justify-content:space-between;gap:.8rem 1rem}
.numbers dd{font-size:1.35rem}
.coefficient{grid-column:1/-1}
.coefficient dd{font-size:1.75rem}
.measure{grid-template-columns:minmax(0,1fr)}
.measure>header{display:flex;gap:.7rem;align-items:baseline}
.facts>div{grid-template-columns:minmax(0,1fr);gap:0}
.kaya-table:not(.prose) th:first-child,.kaya-table tr>td:first-child:empty{position:sticky;left:0;background:var(--paper)}
.scroll{scroll-padding-left:42vw}
.kaya-table:not(.prose) tbody th:first-child{min-width:5.4em;max-width:38vw;overflow-wrap:break-word}
.kaya-table caption{white-space:normal;position:sticky;left:0;width:calc(100vw - 2rem)}
.kaya-table.prose td:not(.num){min-width:9em}
.kaya-table .hangs{padding-inline-end:1.7em}
.verdicts{font-size:.76rem}
.verdicts small{font-size:.7rem}
.verdicts th,.verdicts td{padding-inline-end:.4rem}
.verdicts thead th{font-size:.7rem;hyphens:auto}
.verdicts td:nth-child(2){min-width:5.2rem}
.verdict>span::before{display:block;margin-bottom:.2em}
.verdict>span{white-space:normal;word-break:keep-all}
.measure dl>div{grid-template-columns:6.4rem minmax(0,1fr)}
}
@media print{
@page{size:A4;margin:12mm 14mm}
html,html[data-language=zh]{font-size:7.6pt;line-height:1.34}
body{display:block;padding:0}
.skip,.languages,.contents,.embedded button,.version>details,.version-acts,html[data-live] .take,.notes.methods,details:not([open]){display:none}
#version{position:static}
.version{border:0}
.on-paper{display:block;font:.8rem/1.4 ${sans};color:var(--quiet)}
main,.masthead,footer{max-width:none}
main>section{padding-top:.8rem}
h2{margin-bottom:.4rem}
.exhibit{margin:.8rem 0 1.2rem}
.beside{gap:.8rem 1.6rem}
.beside>.exhibit{flex:1 1 40%;max-width:49%}
.scroll{overflow:visible}
figure.exhibit .drawn-page svg{width:auto;max-height:83mm}
.tall .drawn-page{display:none}
.tall .drawn-column{display:block}
figure.tall .drawn-column svg{width:auto;max-width:86mm;max-height:128mm}
.beside>.exhibit svg{width:auto;max-width:86mm;max-height:160mm}
h2,h3,caption,summary,thead,h2+p,h2+p+p{break-after:avoid}
.scroll+.notes,.kaya-table tr.below{break-before:avoid}
.kaya-table tbody tr:nth-child(-n+7){break-after:avoid}
.kaya-table tbody tr:nth-last-child(-n+4){break-before:avoid}
footer{margin-top:1rem;break-before:avoid}
tr,.kaya-table,.notes,main>section>p,.measure,.method,figure,.notice,.numbers{break-inside:avoid}
.kaya-table{font-size:.84rem;line-height:1.25}
.kaya-table,.kaya-table.data{min-width:0}
.kaya-table th,.kaya-table td{padding-block:.1em}
.kaya-table tbody tr.below>*{padding-bottom:.15em}
.kaya-table.many{font-size:.72rem}
.kaya-table.wide{font-size:.6rem}
.notes,figcaption{font-size:.76rem;line-height:1.35;margin-top:.3rem}
figcaption{margin-top:.3rem}
.verdicts{font-size:.84rem}
.verdicts th,.verdicts td{padding-block:.2rem}
#methods,.measures{columns:2;column-gap:7mm}
#methods>h2,#methods>h2+p{column-span:all}
.measure{grid-template-columns:minmax(0,1fr);font-size:.94rem;padding:.35rem 0}
.measure>header{display:flex;gap:.7rem;align-items:baseline}
.measure dl{line-height:1.35}
.measure dl>div{grid-template-columns:6.4rem minmax(0,1fr)}
.measure .formula{margin:.1rem 0}
.method{font-size:.84rem;line-height:1.32;padding:.3rem 0}
.method .scroll{margin-top:0}
.method math{margin:.2rem 0;font-size:.8rem}
.facts{gap:0;font-size:.84rem}
.facts dd{line-height:1.4}
a{color:inherit}
}
`;

/** The whole style of the report. */
export const pageStyle = [colours, languageRules, tableStyle, page, opening, version, body, narrow]
  .join('')
  .replace(/\n+/g, '\n')
  .trim();
