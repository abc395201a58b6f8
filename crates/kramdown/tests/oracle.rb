# Answers as the program itself: the same lines in and out as the example `html_lines`.
#
#     apt-get install ruby-kramdown ruby-kramdown-parser-gfm
#     ruby oracle.rb < requests.jsonl > answers.jsonl

require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

$stdout.sync = true
# With TIME=1 the seconds spent in kramdown itself are written to stderr at the end.
seconds = 0.0

$stdin.each_line do |line|
  next if line.strip.empty?
  request = JSON.parse(line)
  options = {}
  (request['options'] || {}).each { |name, value| options[name.sub(/\A:/, '').to_sym] = value }
  options[:input] = request['parser'] == 'kramdown' ? 'kramdown' : 'GFM'
  options[:syntax_highlighter] = nil
  started = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
  begin
    document = Kramdown::Document.new(request['text'], options)
    html = document.to_html
    answer = { id: request['id'], html: html.scrub, warnings: document.warnings }
  rescue StandardError, SystemStackError => e
    answer = { id: request['id'], error: "#{e.class}: #{e.message[0, 200]}" }
  end
  seconds += Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - started
  puts JSON.generate(answer)
end
warn format('%.2f s', seconds) if ENV['TIME']
