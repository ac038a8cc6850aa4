import { describe, expect, it } from 'vitest';
import { studyPlaces } from '../../../../test/study-places.ts';
import { placeIndex } from './place-index.ts';

const { gazetteer, aliases, changes } = studyPlaces();
const { ofAddress } = placeIndex(gazetteer, aliases, { changes });
const failed = (reason: string, ...nearest: string[]) => ({ place: null, reason, nearest });

describe('ofAddress', () => {
  it.each<[string, number, string]>([
    ['上海市浦东新区张江路1号', 310000, 'exact'],
    ['吉林省吉林市船营区松江中路3号', 220200, 'exact'],
    ['吉林市船营区松江中路3号', 220200, 'exact'],
    ['吉林省长春市朝阳区', 220100, 'exact'],
    ['吉林长春市朝阳区', 220100, 'exact'],
    ['朝阳市双塔区', 211300, 'exact'],
    ['中国安徽省合肥市巢湖市', 340100, 'exact'],
    ['新疆维吾尔自治区乌鲁木齐市天山区', 650100, 'exact'],
    ['新疆乌鲁木齐市天山区', 650100, 'exact'],
    ['中国（上海）自由贸易试验区张江路1号', 310000, 'exact'],
    ['中国（广东）自由贸易试验区广州市南沙区', 440100, 'exact'],
    ['山东省莱芜市莱城区', 371200, 'exact'],
    ['湖北省 襄樊市 樊城区', 420600, 'city-name'],
    ['广东东莞长安镇', 441900, 'city-name'],
    ['东莞长安镇', 441900, 'city-name'],
    ['北京朝阳区建国路1号', 110000, 'city-name'],
    ['苏州工业园区星湖街', 320500, 'city-name'],
    ['贵州省毕节地区大方县', 520500, 'city-name'],
    ['湖南省长沙县星沙镇', 430100, 'city-name'],
    ['廣東省東莞市長安鎮', 441900, 'traditional'],
    ['上海市靜安區', 310000, 'exact'],
  ])('%s', (address, city, rule) => expect(ofAddress(address)).toEqual({ place: city, rule }));

  it.each<[string, object]>([
    ['', failed('empty')],
    ['河北省', failed('no-unit')],
    ['湖北省仙桃市', failed('no-unit')],
    ['云南省大理白族自治州大理市', failed('no-unit')],
    ['海南藏族自治州共和县', failed('no-unit')],
    ['安徽省巢湖市居巢区', failed('ambiguous', '巢湖市', '合肥市', '芜湖市', '马鞍山市')],
    ['浙江省义乌市', failed('unknown')],
    ['朝阳区建国路1号', failed('unknown')],
    ['大同区', failed('unknown')],
    ['西安区江南街2号', failed('unknown')],
    ['江苏省苏州街', failed('unknown')],
    ['上海路12号', failed('unknown')],
    ['北京东路大厦3号', failed('unknown')],
    ['中山北一路', failed('unknown')],
    ['江苏省安徽大厦', failed('unknown')],
    ['广东省中山镇', failed('unknown')],
    ['科技园1号', failed('unknown')],
  ])('no city: %s', (address, expected) => expect(ofAddress(address)).toEqual(expected));
});
