const sans =
  "system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,'Liberation Sans','PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif";
const mono = "ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono','Noto Sans Mono CJK SC',monospace";

/** Colours, light and dark; texts have a contrast of 4.5 or more on each of the papers. */
const colours = `
:root{color-scheme:light dark;--paper:#fff;--wash:#f6f7f9;--ink:#1c1e21;--quiet:#5b626b;--rule:#d5d9de;--edge:#868e98;--link:#1f5a8c;--on-link:#fff;--alert:#a2331f;--alert-wash:#fcf2ef;--figure-paper:var(--paper)}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--wash:#1c1f23;--ink:#e3e5e8;--quiet:#a0a8b1;--rule:#353a40;--edge:#7c858f;--link:#8bb6e0;--on-link:#10151b;--alert:#f09a88;--alert-wash:#281b18}}
`;

const page = `
*{box-sizing:border-box}
[hidden]{display:none!important}
html{background:var(--paper);color:var(--ink);font:16px/1.5 ${sans};-webkit-text-size-adjust:100%}
body{margin:0}
h1,h2,h3,p,ul,ol,figure,fieldset,legend{margin:0;padding:0}
h1{font-size:1.15rem;font-weight:650}
h2{font-size:1.05rem;font-weight:650;margin-bottom:.7rem}
h3{font-size:.95rem;font-weight:650;margin:1.2rem 0 .5rem}
fieldset{border:0;min-width:0}
legend,label{font-size:.85rem;font-weight:550}
code,pre{font-family:${mono};font-size:.9em}
small{font-size:.8rem}
.quiet{color:var(--quiet);font-size:.85rem}
.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:absolute;top:.4rem;left:.6rem;z-index:3}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.old{padding:2rem}
header{display:grid;grid-template-columns:auto 1fr auto;gap:.2rem 1.5rem;align-items:center;padding:.8rem 1.5rem;border-bottom:1px solid var(--rule)}
header .name{display:flex;gap:.7rem;align-items:baseline;flex-wrap:wrap}
header .privacy{font-size:.85rem;color:var(--quiet)}
header>[role=status]{grid-column:1/-1}
header>[role=status]:empty{display:none}
.bar{display:flex;gap:.4rem;flex-wrap:wrap;align-items:center}
.languages{display:flex;gap:.25rem}
main{display:grid;grid-template-columns:minmax(15rem,20rem) minmax(0,1fr);gap:0 2.5rem;max-width:92rem;margin:0 auto;padding:1.4rem 1.5rem 3rem}
.work{display:grid;grid-template-columns:minmax(0,1fr);gap:1.8rem;align-content:start;min-width:0}
.side{min-width:0}
footer{padding:0 1.5rem 2rem;max-width:92rem;margin:0 auto;color:var(--quiet);font-size:.85rem}
footer pre{white-space:pre-wrap}
footer section{max-height:30rem;overflow:auto}
`;

const controls = `
button,input,select{font:inherit;color:inherit;max-width:100%}
button{background:var(--paper);border:1px solid var(--edge);border-radius:6px;padding:.3rem .75rem;font-size:.88rem;cursor:pointer;min-height:2.1rem}
button:hover:not(:disabled,[aria-pressed=true],[aria-disabled=true]){background:var(--wash)}
button:disabled,button[aria-disabled=true]{opacity:.5;cursor:default}
button[aria-pressed=true]{background:var(--ink);color:var(--paper);border-color:var(--ink)}
.primary{background:var(--link);border-color:var(--link);color:var(--on-link);font-weight:600;padding-inline:1.3rem}
.primary:hover:not(:disabled){background:var(--link);filter:brightness(1.08)}
input[type=text],select{width:100%;background:var(--paper);border:1px solid var(--edge);border-radius:6px;padding:.42rem .6rem;min-height:2.3rem}
input::placeholder{color:var(--quiet);opacity:1}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.field{position:relative;display:grid;gap:.2rem;min-width:0;align-content:start}
.field.main input{font-family:${mono};font-size:1.02rem;padding:.65rem .75rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.7rem}
legend{margin-bottom:.35rem}
.side .pair{grid-template-columns:repeat(2,minmax(0,1fr))}
.side fieldset .quiet{margin-top:.35rem}
form,.fold{display:grid;grid-template-columns:minmax(0,1fr);gap:.8rem}
form h2{margin:0}
.fold{padding:.7rem 0 .3rem}
details>summary{cursor:pointer;font-size:.9rem;font-weight:550;padding:.3rem 0}
form details{border-top:1px solid var(--rule);padding-top:.2rem}
.check{display:flex;gap:.5rem;align-items:center;font-weight:400}
.actions{display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}
.offers{position:absolute;z-index:2;top:100%;inset-inline:0;margin-top:.2rem;background:var(--paper);border:1px solid var(--edge);border-radius:6px;max-height:19rem;overflow:auto;box-shadow:0 6px 24px #0003}
.offers [role=option]{display:flex;gap:.8rem;align-items:baseline;padding:.4rem .75rem;cursor:pointer;min-width:0}
.offers [aria-selected=true]{background:var(--link);color:var(--on-link)}
.offers small{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.test{display:flex;gap:.6rem;align-items:end;justify-content:space-between}
.test .field{flex:1}
`;

const parts = `
.drop{display:grid;gap:.2rem;place-items:center;text-align:center;border:1.5px dashed var(--edge);border-radius:10px;padding:2.2rem 1rem;cursor:pointer;background:var(--wash);font-weight:550;font-size:.95rem;position:relative}
.drop small{font-weight:400;color:var(--quiet)}
.drop.small{padding:.55rem 1rem;font-size:.88rem;border-style:solid;border-width:1px;border-radius:6px}
.drop.over{border-color:var(--link);color:var(--link)}
.drop input{position:absolute;inset:0;opacity:0;cursor:pointer}
.drop:focus-within{outline:2px solid var(--link);outline-offset:2px}
.side section>*+*{margin-top:.7rem}
.file{display:flex;justify-content:space-between;gap:.4rem 1rem;flex-wrap:wrap;font-size:.9rem;overflow-wrap:anywhere}
.file span{color:var(--quiet)}
.variables{list-style:none;max-height:26rem;overflow:auto;border:1px solid var(--rule);border-radius:6px}
.variables button{width:100%;display:flex;gap:.7rem;align-items:baseline;border:0;border-radius:0;text-align:start;padding:.28rem .6rem;min-height:0}
.variables button:focus-visible{outline-offset:-2px}
.variables code{overflow-wrap:anywhere;min-width:0}
.variables span{color:var(--quiet);overflow:hidden;text-overflow:ellipsis;white-space:nowrap;flex:1}
.variables small{color:var(--quiet)}
.fault{background:var(--alert-wash);color:var(--alert);border-inline-start:3px solid var(--alert);padding:.6rem .8rem;border-radius:0 6px 6px 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.92rem}
.alerts:empty{display:none}
.working{display:flex;gap:.9rem;align-items:center;position:sticky;top:.5rem;z-index:1;background:var(--wash);border:1px solid var(--rule);border-radius:8px;padding:.5rem .9rem;font-size:.9rem}
.working progress{flex:1;accent-color:var(--link)}
.models{list-style:none}
.models li{display:grid;grid-template-columns:minmax(2rem,auto) minmax(0,1fr) auto;gap:.1rem .6rem;align-items:center;padding:.45rem 0;border-top:1px solid var(--rule)}
.models .place{color:var(--quiet);font-size:.9rem}
.models code{overflow-wrap:anywhere}
.models small,.models .fault{grid-column:2;color:var(--quiet)}
.models .fault{color:var(--alert)}
.models .actions{grid-column:3;grid-row:1/span 2}
.models .changing{background:var(--wash)}
.take{display:flex;gap:.4rem;flex-wrap:wrap;align-items:center;margin-bottom:1rem}
.take legend{float:inline-start;margin:0 .4rem 0 0}
.printed{overflow-x:auto;padding:.3rem}
.printed table{font-variant-numeric:tabular-nums;border-collapse:collapse;margin:0 0 1rem}
.printed p{font-size:.9rem;margin:.2rem 0 .8rem;max-width:48rem}
.printed h2{font-size:.95rem}
.printed :is(tbody,thead) tr>:first-child{position:sticky;inset-inline-start:-.3rem;background:var(--paper)}
:lang(zh) .printed thead :is(th,td){word-break:keep-all}
.described table{font-size:9.5pt!important}
.figure{max-width:46rem}
.figure svg{max-width:100%;height:auto}
@media (max-width:56rem){
.printed table{font-size:9pt!important}
.printed tfoot p,.printed caption{max-width:calc(100vw - 3.2rem)}
.printed :is(tbody,thead) tr>:first-child{max-width:42vw;overflow-wrap:break-word}
.printed tfoot p{font-size:8.5pt}
main{grid-template-columns:minmax(0,1fr);gap:1.6rem;padding:1rem 1rem 2rem}
header{grid-template-columns:minmax(0,1fr);padding:.7rem 1rem}
.variables{max-height:14rem}
.models li{grid-template-columns:minmax(2rem,auto) minmax(0,1fr)}
.models .actions{grid-column:2;grid-row:auto}
button{min-height:2.5rem}
}
@media print{header .bar,.side,form,.take,.models .actions,footer{display:none}main{display:block}}
`;

/** How the page looks. */
export const labLook = colours + page + controls + parts;
