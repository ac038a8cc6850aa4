/** Look of `htmlTable`: rules as in print, figures of one width, stars hanging behind the last digit. */
export const tableStyle = `
.kaya-table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums lining-nums;line-height:1.35;margin:0}
.kaya-table caption{caption-side:top;text-align:start;font-weight:600;padding:0 0 .6em}
.kaya-table th,.kaya-table td{padding:.22em .7em;text-align:start;vertical-align:baseline;font-weight:400;white-space:nowrap}
.kaya-table thead th[scope=col]{white-space:normal;vertical-align:bottom;min-width:3.2em}
.kaya-table tbody th{white-space:normal;min-width:7em}
.kaya-table.many{font-size:.86em}
.kaya-table.many th,.kaya-table.many td{padding-inline:.45em}
.kaya-table.many .hangs{padding-inline-end:1.7em}
.kaya-table th:first-child,.kaya-table td:first-child{padding-inline-start:.1em}
.kaya-table .num{text-align:end}
.kaya-table .num.words{white-space:normal}
.kaya-table .hangs{padding-inline-end:1.9em}
.kaya-table .hang{display:inline-block;width:0;text-align:start;white-space:nowrap}
.kaya-table .pad::after{content:attr(data-pad);visibility:hidden}
.kaya-table thead tr:first-child>*{border-top:1.6px solid currentColor;padding-top:.45em}
.kaya-table thead tr:last-child>*{border-bottom:.8px solid currentColor;padding-bottom:.4em}
.kaya-table .spanner th{text-align:center;border-bottom:.8px solid currentColor;padding-bottom:.3em}
.kaya-table thead .spanner+tr>*{padding-top:.35em}
.kaya-table tbody tr:first-child>*{padding-top:.45em}
.kaya-table tbody tr:last-child>*{padding-bottom:.45em}
.kaya-table tbody tr.head>*{font-style:italic;padding-top:.5em}
.kaya-table tbody tr.indented>th{padding-inline-start:1em}
.kaya-table tbody tr.below>*{padding-top:0;padding-bottom:.35em}
.kaya-table tbody tr.ruled>*{border-top:.8px solid currentColor;padding-top:.4em}
.kaya-table tbody:last-of-type tr:last-child>*{border-bottom:1.6px solid currentColor}
.kaya-table tfoot td{white-space:normal;padding:.5em .1em 0;font-size:.86em;line-height:1.45}
.kaya-table tfoot p{margin:0 0 .25em}
.kaya-table .alone{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none;-webkit-user-select:none}
.kaya-table .synthetic{font-weight:600}
`;
