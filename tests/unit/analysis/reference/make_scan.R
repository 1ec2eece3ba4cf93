# Prints the strongest zones of published data sets, found by base R looking at every circle:
#
#   Rscript make_scan.R GEODATA
#
# For New Mexico, and for New York around the points of the file, no published log likelihood ratio
# was found (SaTScan's own for New York stand in scan_published_test.cpp), and neither SpatialEpi nor
# smerc is in Debian, so this is the independent program: it shares no code with ours and builds all
# zones one by one. The numbers stand in scan_published_test.cpp.
geodata <- commandArgs(TRUE)[1]
bench <- function(...) file.path(geodata, "benchmarks", ...)
llr <- function(c, e, C) ifelse(c > e, c * log(c / e) + ifelse(c < C, (C - c) * log((C - c) / (C - e)), 0), 0)

# New Mexico: adjusted for age and sex, population linear between the censuses.
cas <- read.csv(bench("satscan", "NMcas.csv")); geo <- read.csv(bench("satscan", "NMgeo.csv"))
pop <- read.csv(bench("satscan", "NMpop.csv"))
years <- 1973:1991
key <- function(a, s) paste(a, s)
strata <- unique(key(pop$agegroup, pop$sex))
people <- array(0, c(nrow(geo), length(years), length(strata)))
for (i in seq_along(geo$county)) for (k in seq_along(strata)) {
  p <- pop[pop$county == geo$county[i] & key(pop$agegroup, pop$sex) == strata[k], ]
  p <- tapply(p$population, p$year, sum)
  people[i, , k] <- approx(1900 + as.numeric(names(p)), p, years)$y
}
rate <- sapply(seq_along(strata), function(k)
  sum(cas$cases[key(cas$agegroup, cas$sex) == strata[k]]) / sum(people[, , k]))
rate[!is.finite(rate)] <- 0
E <- apply(people, 1:2, function(v) sum(v * rate))
O <- matrix(0, nrow(geo), length(years))
for (i in seq_len(nrow(cas)))
  O[match(cas$county[i], geo$county), cas$year[i] - 1972] <- O[match(cas$county[i], geo$county), cas$year[i] - 1972] + cas$cases[i]
E <- E * sum(O) / sum(E)
best <- c(0, 0, 0, 0, 0, 0)
d <- as.matrix(dist(geo[, c("lat", "long")]))
for (i in seq_len(nrow(geo))) {
  o <- order(d[i, ])
  for (k in seq_along(o)) {
    if (sum(E[o[1:k], ]) > sum(E) / 2) break
    if (k < length(o) && d[i, o[k]] == d[i, o[k + 1]]) next
    ct <- cumsum(c(0, colSums(O[o[1:k], , drop = FALSE]))); et <- cumsum(c(0, colSums(E[o[1:k], , drop = FALSE])))
    for (from in 1:19) for (to in from:min(19, from + 8)) {
      v <- llr(ct[to + 1] - ct[from], et[to + 1] - et[from], sum(O))
      if (v > best[1]) best <- c(v, i, k, 1972 + from, 1972 + to, ct[to + 1] - ct[from])
    }
  }
}
o <- order(d[best[2], ])[1:best[3]]
cat(sprintf("New Mexico: llr %.9f, %d-%d, %d cases:", best[1], best[4], best[5], best[6]), geo$county[o], "\n")

# Purely spatial: New York leukaemia, whole cases as smerc counts them.
space <- function(name, x, y, cases, base) {
  E <- base * sum(cases) / sum(base)
  d <- as.matrix(dist(cbind(x, y))); best <- c(0, 0, 0, 0)
  for (i in seq_along(x)) {
    o <- order(d[i, ]); cc <- cumsum(cases[o]); ee <- cumsum(E[o])
    v <- llr(cc, ee, sum(cases)); v[ee > sum(E) / 2] <- 0
    if (max(v) > best[1]) best <- c(max(v), i, which.max(v), cc[which.max(v)])
  }
  cat(sprintf("%s: llr %.9f, centre %d, %d units, %d cases\n", name, best[1], best[2], best[3], best[4]))
}
suppressMessages(library(sf))
ny <- st_read(bench("ny8", "NY8_utm18.shp"), quiet = TRUE)
space("New York", ny$X, ny$Y, floor(ny$Cases), ny$POP8)
