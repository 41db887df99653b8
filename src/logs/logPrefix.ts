/** Dates and times as loggers begin a line with them, bare or in brackets; also klog's `E0301 12:00:00`. */
const timestamp =
  /^[ \t]{0,8}[[(<]?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d:\d\d:\d\d|\d\d[-/.](?:\d\d|[A-Z][a-z]{2})[-/.]\d\d|\d{10,19}[ .\]]|[DIWEF]\d{4} \d\d:|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d )/;

/** Not `Error: …`, which begins a trace as often as it follows one. */
const level =
  /^(?:[ \t]{0,2}[[(<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|EMERG|ALERT)(?=[\s:\]|)>,-]|$)|[[(<](?:trace|debug|info|notice|warn|warning|error|fatal|critical|crit|emerg|alert)[\])>]|(?:trace|debug|info|notice|warn|warning|error|fatal|critical|verbose|http|fail|crit|dbug|trce): |(?:Info|Debug|Notice): )/;

/** logfmt, JSON, syslog's priority. */
const structured = /^(?:(?:time|level|ts|lvl|severity|msg)=|\{"|<\d{1,3}>)/;

/** Whether a logger wrote this line: it begins with a time or a level of its own. */
export function hasLogPrefix(text: string): boolean {
  return timestamp.test(text) || level.test(text) || structured.test(text);
}
