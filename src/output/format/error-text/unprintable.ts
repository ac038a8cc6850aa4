import type { ErrorDetail } from '../../../error/codes.ts';
import type { Language } from '../text-key.ts';

type Unprintable = ErrorDetail<'figure-unprintable'>;

const texts: Readonly<Record<Language, (detail: Unprintable) => string>> = {
  en: ({ format, why, found }) => {
    switch (why) {
      case 'chinese-font':
        return `The figure cannot be written as ${format}: no font of this machine has its Chinese characters (${found}). Install Noto Sans CJK (Debian and Ubuntu: fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts), or write the figure as svg.`;
      case 'font':
        return `The figure cannot be written as ${format}: no font of this machine has these letters: ${found}. Install Noto Sans or DejaVu Sans (Debian and Ubuntu: fonts-noto-core, fonts-dejavu-core), or write the figure as svg.`;
      case 'library':
        return `The figure cannot be written as ${format}: the library that draws its points does not load on this machine: ${found}. Install Kaya again on this machine with npm, or write the figure as svg or pdf.`;
      case 'browser':
        return `The report cannot be written as ${format}: the browser made none: ${found}. Print report.html from a browser, or name another one by KAYA_BROWSER.`;
    }
  },
  zh: ({ format, why, found }) => {
    switch (why) {
      case 'chinese-font':
        return `无法将图写为${format}：本机没有含其中汉字（${found}）的字体。请安装Noto Sans CJK（Debian、Ubuntu：fonts-noto-cjk；Fedora：google-noto-sans-cjk-fonts），或将图写为svg。`;
      case 'font':
        return `无法将图写为${format}：本机没有含以下字符的字体：${found}。请安装Noto Sans或DejaVu Sans（Debian、Ubuntu：fonts-noto-core、fonts-dejavu-core），或将图写为svg。`;
      case 'library':
        return `无法将图写为${format}：画点阵图的程序库在本机无法加载：${found}。请在本机用npm重新安装Kaya，或将图写为svg或pdf。`;
      case 'browser':
        return `无法将报告写为${format}：浏览器没有生成文件：${found}。请在浏览器中打印report.html，或用KAYA_BROWSER指定另一个浏览器。`;
    }
  },
};

/** Why a figure has no file of a format, and what to do. */
export function unprintableText(detail: Unprintable, language: Language): string {
  return texts[language](detail);
}
