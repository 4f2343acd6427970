// SPDX-License-Identifier: Apache-2.0
// bif/re_error.c - errors of PCRE2 as OTP 25's PCRE 8.44 words and places them.
#include <stdio.h>

#include "bif/re.h"

// Texts that differ, by the code of PCRE2 less 100.
static const char *const texts[] = {
    [1] = "\\ at end of pattern",
    [2] = "\\c at end of pattern",
    [3] = "unrecognized character follows \\",
    [4] = "numbers out of order in {} quantifier",
    [5] = "number too big in {} quantifier",
    [6] = "missing terminating ] for character class",
    [7] = "invalid escape sequence in character class",
    [8] = "range out of order in character class",
    [9] = "nothing to repeat",
    [11] = "unrecognized character after (? or (?-",
    [12] = "POSIX named classes are supported only within a class",
    [13] = "POSIX collating elements are not supported",
    [14] = "missing )",
    [15] = "reference to non-existent subpattern",
    [18] = "missing ) after comment",
    [19] = "parentheses are too deeply nested",
    [20] = "regular expression is too large",
    [21] = "failed to get memory",
    [22] = "unmatched parentheses",
    [24] = "unrecognized character after (?<",
    [25] = "lookbehind assertion is not fixed length",
    [26] = "a numbered reference must not be zero",
    [27] = "conditional group contains more than two branches",
    [28] = "assertion expected after (?( or (?(?C)",
    [29] = "digit expected after (?+",
    [30] = "unknown POSIX class name",
    [33] = "parentheses are too deeply nested (stack check)",
    [34] = "character value in \\x{} or \\o{} is too large",
    [35] = "invalid condition (?(0)",
    [36] = "\\C not allowed in lookbehind assertion",
    [37] = "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u",
    [38] = "number after (?C is > 255",
    [39] = "closing ) for (?C expected",
    [40] = "(*VERB) not recognized or malformed",
    [41] = "unrecognized character after (?P",
    [42] = "syntax error in subpattern name (missing terminator)",
    [43] = "two named subpatterns have the same name",
    [44] = "group name must start with a non-digit",
    [46] = "malformed \\P or \\p sequence",
    [47] = "unknown property name after \\P or \\p",
    [48] = "subpattern name is too long (maximum 32 characters)",
    [49] = "too many named subpatterns (maximum 10000)",
    [50] = "invalid range in character class",
    [51] = "octal value is greater than \\377 in 8-bit non-UTF-8 mode",
    [54] = "DEFINE group contains more than one branch",
    [55] = "missing opening brace after \\o",
    [56] = "inconsistent NEWLINE options",
    [57] = ("\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain "
            "number"),
    [58] = "(?R or (?[+-]digits must be followed by )",
    [59] = "an argument is not allowed for (*ACCEPT), (*FAIL), or (*COMMIT)",
    [60] = "(*VERB) not recognized or malformed",
    [61] = "number is too big",
    [62] = "subpattern name expected",
    [64] = "non-octal character in \\o{} (closing brace missing?)",
    [65] = "different names for subpatterns of the same number are not allowed",
    [66] = "(*MARK) must have an argument",
    [67] = "non-hex character in \\x{} (closing brace missing?)",
    [68] = "\\c must be followed by an ASCII character",
    [69] = "\\k is not followed by a braced, angle-bracketed, or quoted name",
    [71] = "\\N is not supported in a class",
    [72] = "too many forward references",
    [73] = "disallowed Unicode code point (>= 0xd800 && <= 0xdfff)",
    [74] = "setting UTF is disabled by the application",
    [76] = "name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)",
    [77] = "character value in \\u.... sequence is too large",
    [78] = "digits missing in \\x{} or \\o{}",
};

static bool is_name_char(uint8_t c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Where the group that is open at `at` closes.
static size_t closing(const uint8_t *s, size_t len, size_t at)
{
    size_t depth = 0;
    for (size_t i = at; i < len; i++) {
        if (s[i] == '\\') i++;
        else if (s[i] == '(') depth++;
        else if (s[i] == ')' && --depth == 0) return i;
    }
    return len;
}

// A reference is reported behind its name, and behind the } or ) that ends it.
static size_t behind_reference(const uint8_t *s, size_t len, size_t at)
{
    bool condition = at >= 3 && s[at - 1] != '<' && memcmp(s + at - 3, "(?(", 3) == 0;
    if (!condition && at >= 4 && memcmp(s + at - 4, "(?(<", 4) == 0) condition = true;
    if (at < len && at >= 2 && memcmp(s + at - 2, "(?", 2) == 0 && s[at] == '(')
        condition = true, at++;
    while (at < len && is_name_char(s[at])) at++;
    if (at < len && s[at] == '}') return at + 1;
    if (!condition) return at;
    while (at < len && s[at] != ')') at++;
    return at < len ? at + 1 : at;
}

// PCRE 8 sees what is missing at the end of "(?…" as an unknown character there.
static int as_seen_at_end(const uint8_t *s, size_t len)
{
    size_t i = len;
    while (i > 0 && (s[i - 1] == '-' || strchr("imsxnJU", s[i - 1]) != NULL)) i--;
    if (i >= 2 && s[i - 1] == '?' && s[i - 2] == '(') return 111;
    if (len >= 3 && memcmp(s + len - 3, "(?(", 3) == 0) return 128;
    return 114;
}

// Is the character that ends at `at` the one behind \p?
static bool is_property(const uint8_t *s, size_t at)
{
    return at >= 3 && (s[at - 2] | 32) == 'p' && s[at - 3] == '\\' && s[at - 1] != '{';
}

static bool ends_with(const uint8_t *s, size_t len, const char *tail)
{
    size_t n = strlen(tail);
    return len >= n && memcmp(s + len - n, tail, n) == 0;
}

void re_error_as_pcre1(int code, size_t offset, const uint8_t *source, size_t len, ReError *out)
{
    if (offset > len) offset = len;
    switch (code) {
    case 114: code = as_seen_at_end(source, len); break;
    case 115: offset = behind_reference(source, len, offset); break;
    case 125: offset = closing(source, len, offset); break;
    case 137:
    case 143:
    case 169:
    case 171: offset -= offset > 0; break;
    case 146:
        // To PCRE 8 any one character behind \p is a name.
        if (is_property(source, offset)) code = 147, offset--;
        break;
    case 147: offset -= offset > 0 && source[offset - 1] == '}'; break;
    case 155: offset -= offset > 0 && source[offset - 1] != '\\'; break;
    case 193: code = 137, offset -= offset > 0; break;
    case 150: offset -= offset > 0 && offset < len; break;
    case 154: offset = closing(source, len, offset >= 3 ? offset - 3 : 0); break;
    case 157:
        if (offset == len) code = 126, offset -= offset > 0;
        break;
    case 162:
        if (offset == len && (ends_with(source, len, "(?P<") || ends_with(source, len, "(?<") ||
                              ends_with(source, len, "(?'")))
            code = 142;
        break;
    default: break;
    }
    *out = (ReError){.offset = offset};
    const char *text =
        code > 100 && (size_t)code - 100 < ARRAY_LEN(texts) ? texts[code - 100] : NULL;
    if (code < 0 && code >= PCRE2_ERROR_UTF8_ERR21 && code <= PCRE2_ERROR_UTF8_ERR1)
        text = "invalid UTF-8 string";
    if (text != NULL) snprintf(out->text, sizeof out->text, "%s", text);
    else if (pcre2_get_error_message(code, (PCRE2_UCHAR *)out->text, sizeof out->text) < 0)
        snprintf(out->text, sizeof out->text, "unknown error %d", code);
}
