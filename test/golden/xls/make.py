"""Makes book.xls (BIFF8) with xlwt. Run in this folder: python make.py"""

import datetime

import xlwt

book = xlwt.Workbook(encoding="utf-8")
data = book.add_sheet("全市")
data.write_merge(0, 0, 0, 3, "主要指标")
for j, text in enumerate(["城市", "地区生产总值(万元)", "日期", "代码"]):
    data.write(1, j, text)
day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
moment = xlwt.easyxf(num_format_str="yyyy/m/d h:mm")
rows = [
    ("北京", 230145914.5, datetime.date(2015, 3, 2), 110108199001011),
    ("上海", 0.1 + 0.2, datetime.datetime(2016, 12, 31, 12, 30), 110108199001011234.0),
    ("", -1e-300, None, True),
]
for i, (city, value, date, code) in enumerate(rows, start=2):
    data.write(i, 0, city)
    data.write(i, 1, value)
    if date is not None:
        data.write(i, 2, date, moment if isinstance(date, datetime.datetime) else day)
    data.write(i, 3, code)
data.write(6, 0, "注：资料来源")
hidden = book.add_sheet("隐藏")
hidden.write(0, 0, 1)
hidden.visibility = 1
book.add_sheet("空")
book.save("book.xls")
