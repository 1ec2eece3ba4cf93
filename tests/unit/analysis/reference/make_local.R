# Makes sids74.inc and natregimes_hr90.inc: reference numbers of local statistics.
#
#   Rscript make_local.R GEODATA   (the folder that DIABAN_GEODATA names)
#
# R 4.2.2, spdep 1.2-7. spdep's own permutation functions draw neighbours WITH replacement, which is
# the same for 3,085 counties and not for 100; the numbers of SIDS are therefore drawn here, by R's
# sample() without replacement, 99,999 times for each unit. Counts are "at least" the observed value.
suppressMessages(library(spdep))
geodata <- commandArgs(TRUE)[1]
bench <- function(...) file.path(geodata, "benchmarks", ...)
neighbours <- function(csv, ids) {
  d <- read.csv(csv, colClasses = "character")
  nb <- lapply(ids, function(i) sort(match(d$to[d$from == i], ids)))
  structure(nb, class = "nb", region.id = ids)
}

d <- read.csv(bench("sids", "reference_sids_sidr74_queen.csv"), colClasses = c(id = "character"))
nb <- neighbours(bench("sids", "neighbours_sids_queen.csv"), d$id)
w <- nb2listw(nb, style = "W")
x <- d$x
z <- x - mean(x)
R <- 99999
set.seed(20090401)
drawn <- function(i) {
  k <- length(nb[[i]])
  matrix(unlist(lapply(seq_len(R), function(p) sample(z[-i], k))), ncol = k, byrow = TRUE)
}
eps <- 1e-12
rows <- sapply(seq_along(x), function(i) {
  v <- drawn(i)
  s <- rowSums(v); s0 <- sum(z[nb[[i]]])
  g <- rowSums((z[i] - v)^2); g0 <- sum((z[i] - z[nb[[i]]])^2)
  c(sum(s >= s0 - eps), sum(s <= s0 + eps), sum(g >= g0 - eps), sum(g <= g0 + eps))
})
cc <- localC(x, w)
sink("sids74.inc")
cat("// made by make_local.R: at least / at most, of the lag and of the squared differences; spdep localC\n")
cat(sprintf("{%d, %d, %d, %d, %.15g},\n", rows[1, ], rows[2, ], rows[3, ], rows[4, ], as.numeric(cc)), sep = "")
sink()

sink("joins.inc")
f <- factor(x > 2)
b <- nb2listw(nb, style = "B")
m <- joincount.multi(f, b)
cat("// made by make_local.R: joincount.multi of sidr74 > 2: count, expectation, variance of\n// FALSE:FALSE, TRUE:TRUE, TRUE:FALSE\n")
cat(sprintf("{%.15g, %.15g, %.15g},\n", m[1:3, 1], m[1:3, 2], m[1:3, 3]), sep = "")
sink()

tmp <- tempfile(); dir.create(tmp)
unzip(bench("natregimes", "reference_natregimes_queen.zip"), exdir = tmp)
d <- read.csv(file.path(tmp, "reference_natregimes_HR90_queen.csv"), colClasses = c(id = "character"))
nb <- neighbours(file.path(tmp, "neighbours_natregimes_queen.csv"), d$id)
set.seed(1990)
p <- localmoran_perm(d$x, nb2listw(nb, style = "W"), nsim = 9999, iseed = 1990)
# "Pr(folded) Sim" = (min(>=, R - >=) + 1) / (R + 1)
folded <- round(p[, "Pr(folded) Sim"] * 10000) - 1
sink("natregimes_hr90.inc")
cat("// made by make_local.R: spdep localmoran_perm, 9,999 permutations: min(>=, R - >=) of each county\n")
cat(sprintf("%d,%s", folded, ifelse(seq_along(folded) %% 16 == 0, "\n", " ")), sep = "")
cat("\n")
sink()
