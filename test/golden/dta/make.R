# Makes haven-113.dta and haven-115.dta with haven (ReadStat), with the rows of make.py. Run in this folder: Rscript make.R
library(haven)
labelled_as <- function(x, label) { attr(x, "label") <- label; x }
rows <- data.frame(
  city = labelled_as(c("北京", "呼和浩特", "", "襄樊"), "城市"),
  year = c(2015, 2016, 2017, -32000),
  flag = labelled(c(1L, 0L, -127L, 100L), c(no = 0L, yes = 1L)),
  big = c(110000L, -2147483647L, 2147483620L, 0L),
  share = c(0.1, 79.65, NA, -1e30),
  gdp = labelled_as(c(230145914.5, 0.30000000000000004, NA, -1e300), "地区生产总值(万元)"),
  day = labelled_as(as.Date(c("2015-03-02", "1959-12-31", NA, "2024-02-29")), "统计日期")
)
write_dta(rows, "haven-113.dta", version = 8, label = "four rows")
write_dta(rows, "haven-115.dta", version = 12, label = "four rows")
