# Answers as the program itself: the same lines in and out as the example `html_lines`.
#
#     apt-get install ruby-kramdown ruby-kramdown-parser-gfm
#     ruby oracle.rb < requests.jsonl > answers.jsonl

require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

# The parser of Jekyll's filter `smartify`, after its source.
class Kramdown::Parser::SmartyPants < Kramdown::Parser::Kramdown
  def initialize(source, options)
    super
    @block_parsers = %i[block_html content]
    @span_parsers = %i[smart_quotes html_entity typographic_syms span_html]
  end

  def parse_content
    add_text(@src.scan(/\A.*\n/))
  end
  define_parser(:content, /\A/)
end

$stdout.sync = true
# With TIME=1 the seconds spent in kramdown itself are written to stderr at the end.
seconds = 0.0

$stdin.each_line do |line|
  next if line.strip.empty?
  request = JSON.parse(line)
  options = {}
  (request['options'] || {}).each { |name, value| options[name.sub(/\A:/, '').to_sym] = value }
  options[:input] = request['parser'] || 'GFM'
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
