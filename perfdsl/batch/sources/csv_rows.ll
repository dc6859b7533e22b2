; Rows of CSV without quotation marks into columns: a column with places of decimals (0 or more) into its last places and whether there
; is none, the others (-1) into where each text begins and the bytes of all.  Gives the number of rows, or -1 where one is not regular.
define i64 @rows(i64 %size, i64 %width, i64 %most, i64 %delimiter, ptr noalias %data, ptr noalias %places,
                 ptr noalias %values, ptr noalias %besides, ptr noalias %powers) {
entry:
 %comma = trunc i64 %delimiter to i8
 br label %row
row:
 %r = phi i64 [0, %entry], [%r1, %rowend]
 %i = phi i64 [0, %entry], [%i1, %rowend]
 %over = icmp uge i64 %i, %size
 br i1 %over, label %out, label %begun
begun:
 %full = icmp uge i64 %r, %most
 br i1 %full, label %bad, label %cell
cell:
 %c = phi i64 [0, %begun], [%c1, %nextcell]
 %k = phi i64 [%i, %begun], [%k1, %nextcell]
 %pat = getelementptr i64, ptr %places, i64 %c
 %p = load i64, ptr %pat
 %vat = getelementptr ptr, ptr %values, i64 %c
 %v = load ptr, ptr %vat
 %bat = getelementptr ptr, ptr %besides, i64 %c
 %b = load ptr, ptr %bat
 %isnumber = icmp sge i64 %p, 0
 br i1 %isnumber, label %number, label %text
number:
 %headat = getelementptr i8, ptr %data, i64 %k
 %head = load i8, ptr %headat
 %minus = icmp eq i8 %head, 45
 %sign = zext i1 %minus to i64
 %begin = add i64 %k, %sign
 br label %byte
byte:
 %at = phi i64 [%begin, %number], [%at1, %step]
 %value = phi i64 [0, %number], [%value2, %step]
 %n = phi i64 [0, %number], [%n2, %step]
 %dot = phi i64 [-1, %number], [%dot2, %step]
 %charat = getelementptr i8, ptr %data, i64 %at
 %char = load i8, ptr %charat
 %digit = sub i8 %char, 48
 %isdigit = icmp ult i8 %digit, 10
 br i1 %isdigit, label %digits, label %other
digits:
 %wide = zext i8 %digit to i64
 %ten = mul i64 %value, 10
 %value1 = add i64 %ten, %wide
 %n1 = add i64 %n, 1
 br label %step
other:
 %isdot = icmp eq i8 %char, 46
 %nodot = icmp eq i64 %dot, -1
 %behind = icmp ne i64 %n, 0
 %two = and i1 %isdot, %nodot
 %fine = and i1 %two, %behind
 br i1 %fine, label %step, label %over_number
step:
 %value2 = phi i64 [%value1, %digits], [%value, %other]
 %n2 = phi i64 [%n1, %digits], [%n, %other]
 %dot2 = phi i64 [%dot, %digits], [%n, %other]
 %at1 = add i64 %at, 1
 br label %byte
over_number:
 %uat = getelementptr i64, ptr %v, i64 %r
 %mat = getelementptr i8, ptr %b, i64 %r
 %none = icmp eq i64 %n, 0
 br i1 %none, label %empty, label %some
empty:
 store i64 0, ptr %uat
 store i8 1, ptr %mat
 br i1 %minus, label %bad, label %after
some:
 %dotted = icmp ne i64 %dot, -1
 %count = sub i64 %n, %dot
 %shown = select i1 %dotted, i64 %count, i64 0
 %nothing = icmp eq i64 %shown, 0
 %dangling = and i1 %dotted, %nothing
 %more = sub i64 %p, %shown
 %finer = icmp slt i64 %more, 0
 %less = sub i64 0, %more
 %steps = select i1 %finer, i64 %less, i64 %more
 %added = select i1 %finer, i64 0, i64 %more
 %length = add i64 %n, %added
 %toolong = icmp sgt i64 %length, 18
 %odd = or i1 %dangling, %toolong
 br i1 %odd, label %bad, label %good
good:
 %powerat = getelementptr i64, ptr %powers, i64 %steps
 %power = load i64, ptr %powerat
 br i1 %finer, label %cut, label %grown
cut:
 %quotient = sdiv i64 %value, %power
 %back = mul i64 %quotient, %power
 %zeros = icmp eq i64 %back, %value
 br i1 %zeros, label %done, label %bad
grown:
 %scaled = mul i64 %value, %power
 br label %done
done:
 %units = phi i64 [%quotient, %cut], [%scaled, %grown]
 %negated = sub i64 0, %units
 %signed = select i1 %minus, i64 %negated, i64 %units
 store i64 %signed, ptr %uat
 store i8 0, ptr %mat
 br label %after
text:
 %oat = getelementptr i32, ptr %v, i64 %r
 %o32 = load i32, ptr %oat
 %o = zext i32 %o32 to i64
 br label %letter
letter:
 %lat = phi i64 [%k, %text], [%lat1, %copied]
 %to = phi i64 [%o, %text], [%to1, %copied]
 %letterat = getelementptr i8, ptr %data, i64 %lat
 %let = load i8, ptr %letterat
 %iscomma = icmp eq i8 %let, %comma
 %isline = icmp eq i8 %let, 10
 %isreturn = icmp eq i8 %let, 13
 %stop1 = or i1 %iscomma, %isline
 %stop = or i1 %stop1, %isreturn
 br i1 %stop, label %over_text, label %copied
copied:
 %toat = getelementptr i8, ptr %b, i64 %to
 store i8 %let, ptr %toat
 %lat1 = add i64 %lat, 1
 %to1 = add i64 %to, 1
 br label %letter
over_text:
 %next = add i64 %r, 1
 %nat = getelementptr i32, ptr %v, i64 %next
 %to32 = trunc i64 %to to i32
 store i32 %to32, ptr %nat
 br label %after
after:
 %end = phi i64 [%at, %empty], [%at, %done], [%lat, %over_text]
 %c1 = add i64 %c, 1
 %last = icmp eq i64 %c1, %width
 %endat = getelementptr i8, ptr %data, i64 %end
 %mark = load i8, ptr %endat
 %parted = icmp eq i8 %mark, %comma
 br i1 %parted, label %nextcell, label %line
nextcell:
 %k1 = add i64 %end, 1
 br i1 %last, label %bad, label %cell
line:
 %return = icmp eq i8 %mark, 13
 %one = zext i1 %return to i64
 %lineat = add i64 %end, %one
 %nlat = getelementptr i8, ptr %data, i64 %lineat
 %nl = load i8, ptr %nlat
 %isnl = icmp eq i8 %nl, 10
 %whole = and i1 %isnl, %last
 br i1 %whole, label %rowend, label %bad
rowend:
 %i1 = add i64 %lineat, 1
 %r1 = add i64 %r, 1
 br label %row
bad:
 ret i64 -1
out:
 ret i64 %r
}
