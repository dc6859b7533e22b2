; Columns into lines of CSV: last places with places of decimals (0 or more) and which of them are given, or (-1) the number of a text
; in every row (below 0: none), where the texts begin, their bytes.  Gives how many bytes were written; there must be room for one more.
define i64 @lines(i64 %rows, i64 %width, ptr noalias %places, ptr noalias %values, ptr noalias %besides, ptr noalias %texts,
                  ptr noalias %powers, ptr noalias %out) {
entry:
 br label %row
row:
 %r = phi i64 [0, %entry], [%r1, %rowend]
 %o = phi i64 [0, %entry], [%o4, %rowend]
 %over = icmp eq i64 %r, %rows
 br i1 %over, label %end, label %cell
cell:
 %c = phi i64 [0, %row], [%c1, %after]
 %o0 = phi i64 [%o, %row], [%o2, %after]
 %pat = getelementptr i64, ptr %places, i64 %c
 %p = load i64, ptr %pat
 %vat = getelementptr ptr, ptr %values, i64 %c
 %v = load ptr, ptr %vat
 %bat = getelementptr ptr, ptr %besides, i64 %c
 %b = load ptr, ptr %bat
 %isnumber = icmp sge i64 %p, 0
 br i1 %isnumber, label %number, label %text
number:
 %flagat = getelementptr i8, ptr %b, i64 %r
 %flag = load i8, ptr %flagat
 %given = icmp ne i8 %flag, 0
 br i1 %given, label %written, label %after
written:
 %uat = getelementptr i64, ptr %v, i64 %r
 %signed = load i64, ptr %uat
 %negative = icmp slt i64 %signed, 0
 %opposite = sub i64 0, %signed
 %unsigned = select i1 %negative, i64 %opposite, i64 %signed
 %minusat = getelementptr i8, ptr %out, i64 %o0
 store i8 45, ptr %minusat
 %sign = zext i1 %negative to i64
 %first = add i64 %o0, %sign
 %least = add i64 %p, 1
 br label %counted
counted:
 %n = phi i64 [%least, %written], [%n1, %counted]
 %powerat = getelementptr i64, ptr %powers, i64 %n
 %power = load i64, ptr %powerat
 %n1 = add i64 %n, 1
 %enough = icmp ult i64 %unsigned, %power
 br i1 %enough, label %placed, label %counted
placed:
 %dotted = icmp ne i64 %p, 0
 %dot = zext i1 %dotted to i64
 %all = add i64 %n, %dot
 %behind = add i64 %first, %all
 %lastat = sub i64 %behind, 1
 br label %digit
digit:
 %k = phi i64 [0, %placed], [%k1, %digitend]
 %left = phi i64 [%unsigned, %placed], [%left1, %digitend]
 %at = phi i64 [%lastat, %placed], [%at2, %digitend]
 %left1 = udiv i64 %left, 10
 %back = mul i64 %left1, 10
 %unit = sub i64 %left, %back
 %narrow = trunc i64 %unit to i8
 %char = add i8 %narrow, 48
 %charat = getelementptr i8, ptr %out, i64 %at
 store i8 %char, ptr %charat
 %k1 = add i64 %k, 1
 %at1 = sub i64 %at, 1
 %isdot = icmp eq i64 %k1, %p
 br i1 %isdot, label %point, label %digitend
point:
 %pointat = getelementptr i8, ptr %out, i64 %at1
 store i8 46, ptr %pointat
 %at3 = sub i64 %at1, 1
 br label %digitend
digitend:
 %at2 = phi i64 [%at1, %digit], [%at3, %point]
 %done = icmp eq i64 %k1, %n
 br i1 %done, label %after, label %digit
text:
 %codeat = getelementptr i32, ptr %v, i64 %r
 %code32 = load i32, ptr %codeat
 %code = sext i32 %code32 to i64
 %nothing = icmp slt i64 %code, 0
 br i1 %nothing, label %after, label %some
some:
 %tat = getelementptr ptr, ptr %texts, i64 %c
 %t = load ptr, ptr %tat
 %fromat = getelementptr i64, ptr %b, i64 %code
 %from = load i64, ptr %fromat
 %codenext = add i64 %code, 1
 %toat = getelementptr i64, ptr %b, i64 %codenext
 %to = load i64, ptr %toat
 br label %letter
letter:
 %s = phi i64 [%from, %some], [%s1, %copied]
 %d = phi i64 [%o0, %some], [%d1, %copied]
 %stop = icmp eq i64 %s, %to
 br i1 %stop, label %after, label %copied
copied:
 %sat = getelementptr i8, ptr %t, i64 %s
 %let = load i8, ptr %sat
 %dat = getelementptr i8, ptr %out, i64 %d
 store i8 %let, ptr %dat
 %s1 = add i64 %s, 1
 %d1 = add i64 %d, 1
 br label %letter
after:
 %o1 = phi i64 [%o0, %number], [%behind, %digitend], [%o0, %text], [%d, %letter]
 %c1 = add i64 %c, 1
 %commaat = getelementptr i8, ptr %out, i64 %o1
 store i8 44, ptr %commaat
 %o2 = add i64 %o1, 1
 %last = icmp eq i64 %c1, %width
 br i1 %last, label %rowend, label %cell
rowend:
 store i8 13, ptr %commaat
 %lineat = getelementptr i8, ptr %out, i64 %o2
 store i8 10, ptr %lineat
 %o4 = add i64 %o2, 1
 %r1 = add i64 %r, 1
 br label %row
end:
 ret i64 %o
}
