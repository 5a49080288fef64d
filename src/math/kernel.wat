;; Sums of rows, four 32-bit or two 64-bit floats at a time (WebAssembly SIMD, which rounds alike on every machine).
;; All widths are multiples of 32 floats of 32 bits, or of 16 of 64; all addresses are bytes.
(module
  (import "js" "memory" (memory 1))

  ;; sum[0 … width) += Σ values[p] · matrix[rows[p]], p = 0 … count: four rows at a time, each read once from end to end
  (func $addRows (export "addRows") (param $rows i32) (param $values i32) (param $count i32) (param $matrix i32) (param $width i32) (param $sum i32)
    (local $bytes i32) (local $at i32) (local $end i32) (local $fours i32) (local $last i32)
    (local $p i32) (local $q i32) (local $r i32) (local $s i32)
    (local $vp v128) (local $vq v128) (local $vr v128) (local $vs v128)
    (local.set $bytes (i32.shl (local.get $width) (i32.const 2)))
    (local.set $end (i32.add (local.get $sum) (local.get $bytes)))
    (local.set $fours (i32.add (local.get $rows) (i32.shl (i32.and (local.get $count) (i32.const -4)) (i32.const 2))))
    (local.set $last (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $none
      (loop $entries
        (br_if $none (i32.ge_u (local.get $rows) (local.get $fours)))
        (local.set $vp (v128.load32_splat (local.get $values)))
        (local.set $p (i32.add (local.get $matrix) (i32.mul (i32.load (local.get $rows)) (local.get $bytes))))
        (local.set $vq (v128.load32_splat offset=4 (local.get $values)))
        (local.set $q (i32.add (local.get $matrix) (i32.mul (i32.load offset=4 (local.get $rows)) (local.get $bytes))))
        (local.set $vr (v128.load32_splat offset=8 (local.get $values)))
        (local.set $r (i32.add (local.get $matrix) (i32.mul (i32.load offset=8 (local.get $rows)) (local.get $bytes))))
        (local.set $vs (v128.load32_splat offset=12 (local.get $values)))
        (local.set $s (i32.add (local.get $matrix) (i32.mul (i32.load offset=12 (local.get $rows)) (local.get $bytes))))
        (local.set $at (local.get $sum))
        (loop $along
          (v128.store (local.get $at) (f32x4.add (f32x4.add (f32x4.add (f32x4.add (v128.load (local.get $at)) (f32x4.mul (local.get $vp) (v128.load (local.get $p)))) (f32x4.mul (local.get $vq) (v128.load (local.get $q)))) (f32x4.mul (local.get $vr) (v128.load (local.get $r)))) (f32x4.mul (local.get $vs) (v128.load (local.get $s)))))
          (v128.store offset=16 (local.get $at) (f32x4.add (f32x4.add (f32x4.add (f32x4.add (v128.load offset=16 (local.get $at)) (f32x4.mul (local.get $vp) (v128.load offset=16 (local.get $p)))) (f32x4.mul (local.get $vq) (v128.load offset=16 (local.get $q)))) (f32x4.mul (local.get $vr) (v128.load offset=16 (local.get $r)))) (f32x4.mul (local.get $vs) (v128.load offset=16 (local.get $s)))))
          (local.set $p (i32.add (local.get $p) (i32.const 32)))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (local.set $r (i32.add (local.get $r) (i32.const 32)))
          (local.set $s (i32.add (local.get $s) (i32.const 32)))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $along (i32.lt_u (local.get $at) (local.get $end))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (br $entries)))
    (block $none
      (loop $entries
        (br_if $none (i32.ge_u (local.get $rows) (local.get $last)))
        (local.set $vp (v128.load32_splat (local.get $values)))
        (local.set $p (i32.add (local.get $matrix) (i32.mul (i32.load (local.get $rows)) (local.get $bytes))))
        (local.set $at (local.get $sum))
        (loop $along
          (v128.store (local.get $at) (f32x4.add (v128.load (local.get $at)) (f32x4.mul (local.get $vp) (v128.load (local.get $p)))))
          (v128.store offset=16 (local.get $at) (f32x4.add (v128.load offset=16 (local.get $at)) (f32x4.mul (local.get $vp) (v128.load offset=16 (local.get $p)))))
          (local.set $p (i32.add (local.get $p) (i32.const 32)))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $along (i32.lt_u (local.get $at) (local.get $end))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $values (i32.add (local.get $values) (i32.const 4)))
        (br $entries))))

  ;; Row r of sums += Σ values[p] · matrix[rows[p]], p = next[r] … starts[r + 1] as long as rows[p] < below, r = 0 … count;
  ;; next[r] goes on to where that ended
  (func (export "addRowsOfEach") (param $starts i32) (param $next i32) (param $count i32) (param $rows i32) (param $values i32) (param $matrix i32) (param $width i32) (param $sums i32) (param $below i32)
    (local $last i32) (local $from i32) (local $p i32) (local $end i32)
    (local.set $last (i32.add (local.get $starts) (i32.shl (local.get $count) (i32.const 2))))
    (block $none
      (loop $each
        (br_if $none (i32.ge_u (local.get $starts) (local.get $last)))
        (local.set $from (i32.load (local.get $next)))
        (local.set $end (i32.load offset=4 (local.get $starts)))
        (local.set $p (local.get $from))
        (block $beyond
          (loop $along
            (br_if $beyond (i32.ge_u (local.get $p) (local.get $end)))
            (br_if $beyond (i32.ge_u (i32.load (i32.add (local.get $rows) (i32.shl (local.get $p) (i32.const 2)))) (local.get $below)))
            (local.set $p (i32.add (local.get $p) (i32.const 1)))
            (br $along)))
        (call $addRows
          (i32.add (local.get $rows) (i32.shl (local.get $from) (i32.const 2)))
          (i32.add (local.get $values) (i32.shl (local.get $from) (i32.const 2)))
          (i32.sub (local.get $p) (local.get $from))
          (local.get $matrix) (local.get $width) (local.get $sums))
        (i32.store (local.get $next) (local.get $p))
        (local.set $sums (i32.add (local.get $sums) (i32.shl (local.get $width) (i32.const 2))))
        (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
        (local.set $next (i32.add (local.get $next) (i32.const 4)))
        (br $each))))

  ;; Weighs a row of packed counts (fingerprint/counting.ts): of each entry whose bucket has a column, the column and
  ;; weights[count] · idf[column], scaled to length 1. Gives how many there are. `kept` has a bit for every bucket with a
  ;; column, `before` the number of columns before every 64 buckets: columns are in the order of their buckets.
  (func (export "weigh") (param $entry i32) (param $end i32) (param $kept i32) (param $before i32) (param $idf i32) (param $weights i32) (param $column i32) (param $value i32) (result i32)
    (local $id i32) (local $count i32) (local $c i32) (local $first i32) (local $step i32) (local $v f64) (local $squares f64) (local $bits i64) (local $bit i64)
    (local.set $first (local.get $value))
    (block $none
      (loop $entries
        (br_if $none (i32.ge_u (local.get $entry) (local.get $end)))
        (local.set $count (i32.load16_u (local.get $entry)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 2)))
        (local.set $id (i32.add (local.get $id) (i32.and (local.get $count) (i32.const 0x1fff))))
        (local.set $count (i32.shr_u (local.get $count) (i32.const 13)))
        (if (i32.eqz (local.get $count)) (then
          (local.set $id (i32.add (local.get $id) (i32.shl (i32.load16_u (local.get $entry)) (i32.const 13))))
          (local.set $count (i32.load16_u offset=2 (local.get $entry)))
          (local.set $entry (i32.add (local.get $entry) (i32.const 4)))))
        (local.set $c (i32.shr_u (local.get $id) (i32.const 6)))
        (local.set $bits (i64.load (i32.add (local.get $kept) (i32.shl (local.get $c) (i32.const 3)))))
        (local.set $bit (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $id))))
        (local.set $c (i32.add
          (i32.load16_u (i32.add (local.get $before) (i32.shl (local.get $c) (i32.const 1))))
          (i32.wrap_i64 (i64.popcnt (i64.and (local.get $bits) (i64.sub (local.get $bit) (i64.const 1)))))))
        (local.set $step (i64.ne (i64.and (local.get $bits) (local.get $bit)) (i64.const 0)))
        ;; No branch on whether there is a column, which no processor can foretell: what has none is written as well, and written over.
        (local.set $v (select
          (f64.mul
            (f64.load (i32.add (local.get $weights) (i32.shl (local.get $count) (i32.const 3))))
            (f64.load (i32.add (local.get $idf) (i32.shl (local.get $c) (i32.const 3)))))
          (f64.const 0)
          (local.get $step)))
        (i32.store (local.get $column) (local.get $c))
        (f32.store (local.get $value) (f32.demote_f64 (local.get $v)))
        (local.set $step (i32.shl (local.get $step) (i32.const 2)))
        (local.set $column (i32.add (local.get $column) (local.get $step)))
        (local.set $value (i32.add (local.get $value) (local.get $step)))
        (local.set $squares (f64.add (local.get $squares) (f64.mul (local.get $v) (local.get $v))))
        (br $entries)))
    (local.set $count (i32.shr_u (i32.sub (local.get $value) (local.get $first)) (i32.const 2)))
    (if (f64.gt (local.get $squares) (f64.const 0)) (then
      (local.set $v (f64.div (f64.const 1) (f64.sqrt (local.get $squares))))
      (loop $scale
        (local.set $value (i32.sub (local.get $value) (i32.const 4)))
        (f32.store (local.get $value) (f32.demote_f64 (f64.mul (f64.promote_f32 (f32.load (local.get $value))) (local.get $v))))
        (br_if $scale (i32.gt_u (local.get $value) (local.get $first))))))
    (local.get $count))

  ;; The 16 numbers at sum += Σ values[p] · the 16 at matrix + p · bytes, p = 0 … count, in 64 bits; values stand `step` bytes apart
  (func $addBlock64 (param $values i32) (param $step i32) (param $count i32) (param $matrix i32) (param $bytes i32) (param $sum i32)
    (local $v v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (if (i32.eqz (local.get $count)) (then (return)))
    (local.set $a (v128.load (local.get $sum)))
    (local.set $b (v128.load offset=16 (local.get $sum)))
    (local.set $c (v128.load offset=32 (local.get $sum)))
    (local.set $d (v128.load offset=48 (local.get $sum)))
    (local.set $e (v128.load offset=64 (local.get $sum)))
    (local.set $f (v128.load offset=80 (local.get $sum)))
    (local.set $g (v128.load offset=96 (local.get $sum)))
    (local.set $h (v128.load offset=112 (local.get $sum)))
    (loop $entries
      (local.set $v (v128.load64_splat (local.get $values)))
      (local.set $a (f64x2.add (local.get $a) (f64x2.mul (local.get $v) (v128.load (local.get $matrix)))))
      (local.set $b (f64x2.add (local.get $b) (f64x2.mul (local.get $v) (v128.load offset=16 (local.get $matrix)))))
      (local.set $c (f64x2.add (local.get $c) (f64x2.mul (local.get $v) (v128.load offset=32 (local.get $matrix)))))
      (local.set $d (f64x2.add (local.get $d) (f64x2.mul (local.get $v) (v128.load offset=48 (local.get $matrix)))))
      (local.set $e (f64x2.add (local.get $e) (f64x2.mul (local.get $v) (v128.load offset=64 (local.get $matrix)))))
      (local.set $f (f64x2.add (local.get $f) (f64x2.mul (local.get $v) (v128.load offset=80 (local.get $matrix)))))
      (local.set $g (f64x2.add (local.get $g) (f64x2.mul (local.get $v) (v128.load offset=96 (local.get $matrix)))))
      (local.set $h (f64x2.add (local.get $h) (f64x2.mul (local.get $v) (v128.load offset=112 (local.get $matrix)))))
      (local.set $values (i32.add (local.get $values) (local.get $step)))
      (local.set $matrix (i32.add (local.get $matrix) (local.get $bytes)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $entries (local.get $count)))
    (v128.store (local.get $sum) (local.get $a))
    (v128.store offset=16 (local.get $sum) (local.get $b))
    (v128.store offset=32 (local.get $sum) (local.get $c))
    (v128.store offset=48 (local.get $sum) (local.get $d))
    (v128.store offset=64 (local.get $sum) (local.get $e))
    (v128.store offset=80 (local.get $sum) (local.get $f))
    (v128.store offset=96 (local.get $sum) (local.get $g))
    (v128.store offset=112 (local.get $sum) (local.get $h)))

  ;; sum[0 … width) += Σ values[p] · row p of matrix, p = 0 … count, in 64 bits; values stand `step` bytes apart
  (func (export "addRows64") (param $values i32) (param $step i32) (param $count i32) (param $matrix i32) (param $width i32) (param $sum i32)
    (local $bytes i32) (local $end i32)
    (local.set $bytes (i32.shl (local.get $width) (i32.const 3)))
    (local.set $end (i32.add (local.get $sum) (local.get $bytes)))
    (loop $blocks
      (call $addBlock64 (local.get $values) (local.get $step) (local.get $count) (local.get $matrix) (local.get $bytes) (local.get $sum))
      (local.set $matrix (i32.add (local.get $matrix) (i32.const 128)))
      (local.set $sum (i32.add (local.get $sum) (i32.const 128)))
      (br_if $blocks (i32.lt_u (local.get $sum) (local.get $end)))))

  ;; Row i of out += Σ over the rows of matrix of number i · the row, i = 0 … own, in 64 bits; of each row of out only the
  ;; blocks of 16 from the one with the diagonal on
  (func (export "addSquares64") (param $matrix i32) (param $count i32) (param $own i32) (param $width i32) (param $out i32)
    (local $bytes i32) (local $i i32) (local $k i32)
    (local.set $bytes (i32.shl (local.get $width) (i32.const 3)))
    (block $none
      (loop $each
        (br_if $none (i32.ge_u (local.get $i) (local.get $own)))
        (local.set $k (i32.shl (i32.and (local.get $i) (i32.const -16)) (i32.const 3)))
        (loop $blocks
          (call $addBlock64
            (i32.add (local.get $matrix) (i32.shl (local.get $i) (i32.const 3))) (local.get $bytes) (local.get $count)
            (i32.add (local.get $matrix) (local.get $k)) (local.get $bytes)
            (i32.add (local.get $out) (local.get $k)))
          (local.set $k (i32.add (local.get $k) (i32.const 128)))
          (br_if $blocks (i32.lt_u (local.get $k) (local.get $bytes))))
        (local.set $out (i32.add (local.get $out) (local.get $bytes)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $each))))

  ;; Shuffles the first `own` numbers of every row (Fisher & Yates), by mulberry32 from a state on. Gives the state after it.
  (func (export "shuffleRows64") (param $matrix i32) (param $count i32) (param $own i32) (param $width i32) (param $state i32) (result i32)
    (local $i i32) (local $t i32) (local $p i32) (local $q i32) (local $held f64)
    (block $none
      (loop $each
        (br_if $none (i32.eqz (local.get $count)))
        (local.set $i (local.get $own))
        (block $done
          (loop $draw
            (br_if $done (i32.le_u (local.get $i) (i32.const 1)))
            (local.set $state (i32.add (local.get $state) (i32.const 0x6d2b79f5)))
            (local.set $t (i32.mul (i32.xor (local.get $state) (i32.shr_u (local.get $state) (i32.const 15))) (i32.or (local.get $state) (i32.const 1))))
            (local.set $t (i32.xor (local.get $t) (i32.add (local.get $t)
              (i32.mul (i32.xor (local.get $t) (i32.shr_u (local.get $t) (i32.const 7))) (i32.or (local.get $t) (i32.const 61))))))
            (local.set $t (i32.xor (local.get $t) (i32.shr_u (local.get $t) (i32.const 14))))
            ;; The upper half of t · i is the integer below t / 2³² · i.
            (local.set $q (i32.wrap_i64 (i64.shr_u (i64.mul (i64.extend_i32_u (local.get $t)) (i64.extend_i32_u (local.get $i))) (i64.const 32))))
            (local.set $q (i32.add (local.get $matrix) (i32.shl (local.get $q) (i32.const 3))))
            (local.set $i (i32.sub (local.get $i) (i32.const 1)))
            (local.set $p (i32.add (local.get $matrix) (i32.shl (local.get $i) (i32.const 3))))
            (local.set $held (f64.load (local.get $p)))
            (f64.store (local.get $p) (f64.load (local.get $q)))
            (f64.store (local.get $q) (local.get $held))
            (br $draw)))
        (local.set $matrix (i32.add (local.get $matrix) (i32.shl (local.get $width) (i32.const 3))))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each)))
    (local.get $state))

  ;; Takes out of a column of 64-bit floats what lies along each of `count` unit columns, one after the other; columns
  ;; stand `bytes` apart. Sums run four side by side, so that none waits for another; what is beyond a multiple of four
  ;; joins the first.
  (func (export "withoutParts") (param $column i32) (param $others i32) (param $count i32) (param $length i32) (param $bytes i32)
    (local $p i32) (local $q i32) (local $fours i32) (local $end i32) (local $along f64) (local $v v128) (local $a v128) (local $b v128)
    (local.set $fours (i32.add (local.get $column) (i32.shl (i32.and (local.get $length) (i32.const -4)) (i32.const 3))))
    (local.set $end (i32.add (local.get $column) (i32.shl (local.get $length) (i32.const 3))))
    (block $none
      (loop $each
        (br_if $none (i32.eqz (local.get $count)))
        (local.set $p (local.get $column))
        (local.set $q (local.get $others))
        (local.set $a (v128.const f64x2 0 0))
        (local.set $b (v128.const f64x2 0 0))
        (block $summed
          (loop $sum
            (br_if $summed (i32.ge_u (local.get $p) (local.get $fours)))
            (local.set $a (f64x2.add (local.get $a) (f64x2.mul (v128.load (local.get $p)) (v128.load (local.get $q)))))
            (local.set $b (f64x2.add (local.get $b) (f64x2.mul (v128.load offset=16 (local.get $p)) (v128.load offset=16 (local.get $q)))))
            (local.set $p (i32.add (local.get $p) (i32.const 32)))
            (local.set $q (i32.add (local.get $q) (i32.const 32)))
            (br $sum)))
        (local.set $along (f64x2.extract_lane 0 (local.get $a)))
        (block $summed
          (loop $sum
            (br_if $summed (i32.ge_u (local.get $p) (local.get $end)))
            (local.set $along (f64.add (local.get $along) (f64.mul (f64.load (local.get $p)) (f64.load (local.get $q)))))
            (local.set $p (i32.add (local.get $p) (i32.const 8)))
            (local.set $q (i32.add (local.get $q) (i32.const 8)))
            (br $sum)))
        (local.set $along
          (f64.add
            (f64.add (local.get $along) (f64x2.extract_lane 1 (local.get $a)))
            (f64.add (f64x2.extract_lane 0 (local.get $b)) (f64x2.extract_lane 1 (local.get $b)))))
        (local.set $v (f64x2.splat (local.get $along)))
        (local.set $p (local.get $column))
        (local.set $q (local.get $others))
        (block $taken
          (loop $take
            (br_if $taken (i32.ge_u (local.get $p) (local.get $fours)))
            (v128.store (local.get $p) (f64x2.sub (v128.load (local.get $p)) (f64x2.mul (local.get $v) (v128.load (local.get $q)))))
            (v128.store offset=16 (local.get $p) (f64x2.sub (v128.load offset=16 (local.get $p)) (f64x2.mul (local.get $v) (v128.load offset=16 (local.get $q)))))
            (local.set $p (i32.add (local.get $p) (i32.const 32)))
            (local.set $q (i32.add (local.get $q) (i32.const 32)))
            (br $take)))
        (block $taken
          (loop $take
            (br_if $taken (i32.ge_u (local.get $p) (local.get $end)))
            (f64.store (local.get $p) (f64.sub (f64.load (local.get $p)) (f64.mul (local.get $along) (f64.load (local.get $q)))))
            (local.set $p (i32.add (local.get $p) (i32.const 8)))
            (local.set $q (i32.add (local.get $q) (i32.const 8)))
            (br $take)))
        (local.set $others (i32.add (local.get $others) (local.get $bytes)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func $across (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))

  ;; out[j] = vector · row j of matrix, j = 0 … rows; rows is a multiple of 4
  (func (export "dots") (param $vector i32) (param $matrix i32) (param $rows i32) (param $width i32) (param $out i32)
    (local $k i32) (local $bytes i32) (local $last i32) (local $v v128)
    (local $p i32) (local $q i32) (local $r i32) (local $s i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $bytes (i32.shl (local.get $width) (i32.const 2)))
    (local.set $last (i32.add (local.get $matrix) (i32.mul (local.get $rows) (local.get $bytes))))
    (if (i32.eqz (local.get $rows)) (then (return)))
    (loop $fours
      (local.set $p (local.get $matrix))
      (local.set $q (i32.add (local.get $p) (local.get $bytes)))
      (local.set $r (i32.add (local.get $q) (local.get $bytes)))
      (local.set $s (i32.add (local.get $r) (local.get $bytes)))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (local.set $k (i32.const 0))
      (loop $along
        (local.set $v (v128.load (i32.add (local.get $vector) (local.get $k))))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $v) (v128.load (i32.add (local.get $p) (local.get $k))))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $v) (v128.load (i32.add (local.get $q) (local.get $k))))))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $v) (v128.load (i32.add (local.get $r) (local.get $k))))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $v) (v128.load (i32.add (local.get $s) (local.get $k))))))
        (local.set $k (i32.add (local.get $k) (i32.const 16)))
        (br_if $along (i32.lt_u (local.get $k) (local.get $bytes))))
      (f32.store (local.get $out) (call $across (local.get $a)))
      (f32.store offset=4 (local.get $out) (call $across (local.get $b)))
      (f32.store offset=8 (local.get $out) (call $across (local.get $c)))
      (f32.store offset=12 (local.get $out) (call $across (local.get $d)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $matrix (i32.add (local.get $s) (local.get $bytes)))
      (br_if $fours (i32.lt_u (local.get $matrix) (local.get $last)))))

  ;; Makes values ready to be stirred into hashes (the body of MurmurHash3), four at a time.
  (func (export "scramble") (param $values i32) (param $count i32)
    (local $end i32) (local $k v128)
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (block $none
      (loop $fours
        (br_if $none (i32.ge_u (local.get $values) (local.get $end)))
        (local.set $k (i32x4.mul (v128.load (local.get $values)) (i32x4.splat (i32.const 0xcc9e2d51))))
        (local.set $k (v128.or (i32x4.shl (local.get $k) (i32.const 15)) (i32x4.shr_u (local.get $k) (i32.const 17))))
        (v128.store (local.get $values) (i32x4.mul (local.get $k) (i32x4.splat (i32.const 0x1b873593))))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (br $fours))))

  ;; Counts the n-grams that begin at the first `starts` of n values, of every length from shortest to longest, by their
  ;; hashes, which begin with a seed. `hashes` is room for them; it and the values may be read and written a few numbers
  ;; beyond their ends.
  (func (export "countGrams") (param $tally i32) (param $values i32) (param $starts i32) (param $n i32) (param $seed i32) (param $shortest i32) (param $longest i32) (param $hashes i32)
    (local $length i32) (local $p i32) (local $q i32) (local $end i32) (local $most i32) (local $h v128)
    (local.set $end (i32.add (local.get $hashes) (i32.shl (local.get $starts) (i32.const 2))))
    (local.set $h (i32x4.splat (local.get $seed)))
    (local.set $p (local.get $hashes))
    (block $none
      (loop $fours
        (br_if $none (i32.ge_u (local.get $p) (local.get $end)))
        (v128.store (local.get $p) (local.get $h))
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (br $fours)))
    (block $done
      (loop $longer
        (local.set $most (i32.sub (local.get $n) (local.get $length)))
        (br_if $done (i32.le_s (local.get $most) (i32.const 0)))
        (local.set $p (local.get $hashes))
        (local.set $q (i32.add (local.get $values) (i32.shl (local.get $length) (i32.const 2))))
        (loop $fours
          (local.set $h (v128.xor (v128.load (local.get $p)) (v128.load (local.get $q))))
          (local.set $h (v128.or (i32x4.shl (local.get $h) (i32.const 13)) (i32x4.shr_u (local.get $h) (i32.const 19))))
          (local.set $h (i32x4.add (i32x4.mul (local.get $h) (i32x4.splat (i32.const 5))) (i32x4.splat (i32.const 0xe6546b64))))
          (local.set $h (v128.xor (local.get $h) (i32x4.shr_u (local.get $h) (i32.const 16))))
          (local.set $h (i32x4.mul (local.get $h) (i32x4.splat (i32.const 0x85ebca6b))))
          (v128.store (local.get $p) (v128.xor (local.get $h) (i32x4.shr_u (local.get $h) (i32.const 13))))
          (local.set $p (i32.add (local.get $p) (i32.const 16)))
          (local.set $q (i32.add (local.get $q) (i32.const 16)))
          (br_if $fours (i32.lt_u (local.get $p) (local.get $end))))
        (local.set $length (i32.add (local.get $length) (i32.const 1)))
        (if (i32.ge_u (local.get $length) (local.get $shortest)) (then
          (call $tally (local.get $tally) (local.get $hashes)
            (select (local.get $most) (local.get $starts) (i32.lt_u (local.get $most) (local.get $starts))))))
        (br_if $longer (i32.lt_u (local.get $length) (local.get $longest))))))

  ;; Counts hashes in a tally: low bytes of counts by id (2^20), then their high bytes, a bit for every id that was counted,
  ;; a bit for every 64 of those that are not all 0, and a 1 where high bytes were written. Counts end at 65,535.
  ;; No branch on whether an id is new, which no processor can foretell.
  (func $tally (export "tally") (param $tally i32) (param $hashes i32) (param $count i32)
    (local $end i32) (local $id i32) (local $at i32)
    (local.set $end (i32.add (local.get $hashes) (i32.shl (local.get $count) (i32.const 2))))
    (block $none
      (loop $each
        (br_if $none (i32.ge_u (local.get $hashes) (local.get $end)))
        (local.set $id (i32.load (local.get $hashes)))
        (local.set $hashes (i32.add (local.get $hashes) (i32.const 4)))
        (local.set $id (i32.and (i32.xor (local.get $id) (i32.shr_u (local.get $id) (i32.const 15))) (i32.const 0xfffff)))
        (local.set $at (i32.add (local.get $tally) (i32.shl (i32.shr_u (local.get $id) (i32.const 6)) (i32.const 3))))
        (i64.store offset=0x200000 (local.get $at)
          (i64.or (i64.load offset=0x200000 (local.get $at)) (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $id)))))
        (local.set $at (i32.add (local.get $tally) (i32.shl (i32.shr_u (local.get $id) (i32.const 12)) (i32.const 3))))
        (i64.store offset=0x220000 (local.get $at)
          (i64.or (i64.load offset=0x220000 (local.get $at)) (i64.shl (i64.const 1) (i64.extend_i32_u (i32.shr_u (local.get $id) (i32.const 6))))))
        (local.set $at (i32.add (local.get $tally) (local.get $id)))
        (local.set $id (i32.add (i32.load8_u (local.get $at)) (i32.const 1)))
        (i32.store8 (local.get $at) (local.get $id))
        (br_if $each (i32.lt_u (local.get $id) (i32.const 256)))
        (i32.store8 offset=0x220800 (local.get $tally) (i32.const 1))
        (local.set $id (i32.add (i32.load8_u offset=0x100000 (local.get $at)) (i32.const 1)))
        (if (i32.lt_u (local.get $id) (i32.const 256))
          (then (i32.store8 offset=0x100000 (local.get $at) (local.get $id)))
          (else (i32.store8 (local.get $at) (i32.const 255))))
        (br $each))))

  ;; Writes a row of packed counts (fingerprint/counting.ts), its ids ascending, and empties the tally. Gives where the row ends.
  (func (export "takeRow") (param $tally i32) (param $out i32) (result i32)
    (local $block i32) (local $word i32) (local $id i32) (local $before i32) (local $count i32) (local $step i32) (local $high i32)
    (local $some i64) (local $bits i64)
    (local.set $high (i32.load8_u offset=0x220800 (local.get $tally)))
    (loop $blocks
      (local.set $some (i64.load offset=0x220000 (i32.add (local.get $tally) (i32.shl (local.get $block) (i32.const 3)))))
      (block $empty
        (br_if $empty (i64.eqz (local.get $some)))
        (i64.store offset=0x220000 (i32.add (local.get $tally) (i32.shl (local.get $block) (i32.const 3))) (i64.const 0))
        (loop $words
          (local.set $word (i32.or (i32.shl (local.get $block) (i32.const 6)) (i32.wrap_i64 (i64.ctz (local.get $some)))))
          (local.set $some (i64.and (local.get $some) (i64.sub (local.get $some) (i64.const 1))))
          (local.set $step (i32.add (local.get $tally) (i32.shl (local.get $word) (i32.const 3))))
          (local.set $bits (i64.load offset=0x200000 (local.get $step)))
          (i64.store offset=0x200000 (local.get $step) (i64.const 0))
          (loop $ids
            (local.set $id (i32.or (i32.shl (local.get $word) (i32.const 6)) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
            (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
            (local.set $step (i32.add (local.get $tally) (local.get $id)))
            (local.set $count (i32.load8_u (local.get $step)))
            (i32.store8 (local.get $step) (i32.const 0))
            (if (local.get $high) (then
              (local.set $count (i32.or (local.get $count) (i32.shl (i32.load8_u offset=0x100000 (local.get $step)) (i32.const 8))))
              (i32.store8 offset=0x100000 (local.get $step) (i32.const 0))))
            (local.set $step (i32.sub (local.get $id) (local.get $before)))
            (local.set $before (local.get $id))
            (if (i32.and (i32.lt_u (local.get $step) (i32.const 8192)) (i32.lt_u (local.get $count) (i32.const 8)))
              (then
                (i32.store16 (local.get $out) (i32.or (i32.shl (local.get $count) (i32.const 13)) (local.get $step)))
                (local.set $out (i32.add (local.get $out) (i32.const 2))))
              (else
                (i32.store16 (local.get $out) (i32.and (local.get $step) (i32.const 8191)))
                (i32.store16 offset=2 (local.get $out) (i32.shr_u (local.get $step) (i32.const 13)))
                (i32.store16 offset=4 (local.get $out) (local.get $count))
                (local.set $out (i32.add (local.get $out) (i32.const 6)))))
            (br_if $ids (i64.ne (local.get $bits) (i64.const 0))))
          (br_if $words (i64.ne (local.get $some) (i64.const 0)))))
      (local.set $block (i32.add (local.get $block) (i32.const 1)))
      (br_if $blocks (i32.lt_u (local.get $block) (i32.const 256))))
    (i32.store8 offset=0x220800 (local.get $tally) (i32.const 0))
    (local.get $out)))
