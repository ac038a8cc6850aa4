import { writeFileSync } from 'node:fs';

/** Writes 30 cities in 6 years and 3 regions: y, ai, hc, size, iv (of ai) and pop as csv. The slope of ai doubles where size is above 0.5. */
export function writeSmallPanel(path: string): void {
  const rows = ['city,year,region,y,ai,hc,size,iv,pop'];
  const wave = (step: number, at: number): number => Math.sin(step * at + at / 6);
  for (let city = 0; city < 30; city += 1) {
    for (let year = 2010; year < 2016; year += 1) {
      const at = city * 6 + year;
      const [iv, size, hc] = [wave(3.7, at), wave(1.3, at) + city / 30, wave(2.1, at)];
      const ai = wave(0.7, at) + iv;
      const y = ai * (size > 0.5 ? 2 : 1) + hc + wave(5.1, at);
      rows.push([city + 1, year, 'ABC'[city % 3], y, ai, hc, size, iv, 100 + city].join(','));
    }
  }
  writeFileSync(path, `${rows.join('\n')}\n`);
}
