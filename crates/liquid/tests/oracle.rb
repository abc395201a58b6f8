# Answers as Jekyll itself: each line a template and the page that holds it, and each answer its text or its error.
#
#     apt-get install jekyll
#     ruby oracle.rb SITE.json < requests.jsonl > answers.jsonl
#
# SITE.json holds the files of a site, name to text. A hash `{"$time": seconds}` in a page stands for a time. Debian's
# Jekyll runs on Liquid 5.4; what Liquid 4.0.4 does otherwise is put back below (`MODERN=1` leaves it out).

require 'fileutils'
require 'json'
require 'tmpdir'
require 'jekyll'

ENV['TZ'] = 'UTC'
Encoding.default_external = 'UTF-8'
NOW = Time.at(1_795_392_000).utc
class Time
  def self.now = Time.at(NOW.to_i)
end

# What Liquid 4.0.4 does and 5.4 does otherwise, after its sources.
module Old
  %w(liquid echo render #).each { |name| Liquid::Template.tags.delete(name) }

  module Literal
    LITERALS = Liquid::Condition.class_variable_get(:@@method_literals)

    def parse(markup)
      case markup
      when nil, 'nil', 'null', '' then nil
      when 'true' then true
      when 'false' then false
      when 'blank', 'empty' then LITERALS[markup]
      when /\A'(.*)'\z/m, /\A"(.*)"\z/m then Regexp.last_match(1)
      when /\A(-?\d+)\z/ then Regexp.last_match(1).to_i
      when /\A\((\S+)\.\.(\S+)\)\z/ then Liquid::RangeLookup.parse(Regexp.last_match(1), Regexp.last_match(2))
      when /\A(-?\d[\d.]+)\z/ then Regexp.last_match(1).to_f
      else Liquid::VariableLookup.parse(markup)
      end
    end
  end
  Liquid::Expression.singleton_class.prepend(Literal)
  class Liquid::Condition::MethodLiteral
    def to_liquid = to_s
  end
  Liquid::Expression.send(:remove_const, :MethodLiteral) if Liquid::Expression.const_defined?(:MethodLiteral, false)
  Liquid::Expression.const_set(:MethodLiteral, Liquid::Condition::MethodLiteral)

  module Filters
    def truncatewords(input, words = 15, ending = '...')
      return if input.nil?

      list = input.to_s.split
      last = [Liquid::Utils.to_integer(words) - 1, 0].max
      list.length > last ? list[0..last].join(' ') + ending.to_s : input
    end

    def default(input, default_value = '')
      !input || (input.respond_to?(:empty?) && input.empty?) ? default_value : input
    end

    def newline_to_br(input)
      input.to_s.gsub(/\n/, "<br />\n")
    end

    def remove(input, string)
      input.to_s.gsub(string.to_s, '')
    end

    def remove_first(input, string)
      input.to_s.sub(string.to_s, '')
    end

    def uniq(input, property = nil)
      list = Liquid::StandardFilters::InputIterator.new(input, @context)
      return list.uniq if property.nil?
      return [] if list.empty?
      return unless list.first.respond_to?(:[])

      begin
        list.uniq { |item| item[property] }
      rescue TypeError
        raise Liquid::ArgumentError, "cannot select the property '#{property}'"
      end
    end

    def compact(input, property = nil)
      list = Liquid::StandardFilters::InputIterator.new(input, @context)
      return list.compact if property.nil?
      return [] if list.empty?
      return unless list.first.respond_to?(:[])

      begin
        list.reject { |item| item[property].nil? }
      rescue TypeError
        raise Liquid::ArgumentError, "cannot select the property '#{property}'"
      end
    end
  end
  Liquid::StandardFilters.prepend(Filters)
  # Filters that came later.
  %w(base64_encode base64_decode base64_url_safe_encode base64_url_safe_decode replace_last remove_last).each do |name|
    Liquid::StandardFilters.send(:remove_method, name)
    Liquid::StrainerTemplate.send(:filter_methods).delete(name)
    Liquid::StrainerFactory.const_get(:GlobalCache).send(:filter_methods).delete(name)
  end

  # A block that is blank gives nothing, whatever it would say.
  module Nodes
    def render_node(context, output, node)
      return super unless node.is_a?(Liquid::Block) && node.blank?

      super(context, +'', node)
    end
  end
  Liquid::BlockBody.singleton_class.prepend(Nodes)

  class Liquid::BlockBody
    OLD_TOKEN = /\A\{%-?\s*(\w+)\s*(.*?)-?%\}\z/m

    private

    def parse_for_document(tokenizer, parse_context)
      while (token = tokenizer.shift)
        next if token.empty?

        if token.start_with?('{%')
          whitespace_handler(token, parse_context)
          Liquid::BlockBody.raise_missing_tag_terminator(token, parse_context) unless token =~ OLD_TOKEN
          name = Regexp.last_match(1)
          markup = Regexp.last_match(2)
          return yield name, markup unless (tag = registered_tags[name])

          node = tag.parse(name, markup, tokenizer, parse_context)
          @blank &&= node.blank?
          @nodelist << node
        elsif token.start_with?('{{')
          whitespace_handler(token, parse_context)
          @nodelist << create_variable(token, parse_context)
          @blank = false
        else
          token.lstrip! if parse_context.trim_whitespace
          parse_context.trim_whitespace = false
          @nodelist << token
          @blank &&= token.match?(/\A\s*\z/)
        end
        parse_context.line_number = tokenizer.line_number
      end
      yield nil, nil
    end
  end

  class Liquid::Raw
    def parse(tokens)
      @body = +''
      while (token = tokens.shift)
        if token =~ FullTokenPossiblyInvalid
          @body << Regexp.last_match(1) if Regexp.last_match(1) != ''
          return if block_delimiter == Regexp.last_match(2)
        end
        @body << token unless token.empty?
      end
      raise_tag_never_closed(block_name)
    end
  end

  class Liquid::For
    private

    def collection_segment(context)
      offsets = context.registers[:for] ||= {}
      from = @from == :continue ? offsets[@name].to_i : context.evaluate(@from).to_i
      collection = context.evaluate(@collection_name)
      collection = collection.to_a if collection.is_a?(Range)
      limit = context.evaluate(@limit)
      segment = Liquid::Utils.slice_collection(collection, from, limit ? limit.to_i + from : nil)
      segment.reverse! if @reversed
      offsets[@name] = from + segment.length
      segment
    end
  end

  class Liquid::Case
    def render_to_output_buffer(context, output)
      execute_else_block = true
      text = +''
      @blocks.each do |block|
        if block.else?
          return block.attachment.render_to_output_buffer(context, output) if execute_else_block
        elsif block.evaluate(context)
          execute_else_block = false
          block.attachment.render_to_output_buffer(context, text)
        end
      end
      output << text
    end
  end

  class Liquid::Parser
    def expression
      token = @tokens[@p]
      case token[0]
      when :id then variable_signature
      when :string, :number then consume
      when :open_round
        consume
        first = expression
        consume(:dotdot)
        last = expression
        consume(:close_round)
        "(#{first}..#{last})"
      else raise Liquid::SyntaxError, "#{token} is not a valid expression"
      end
    end

    def variable_signature
      text = consume(:id).dup
      text << consume << expression << consume(:close_square) while look(:open_square)
      text << consume << variable_signature if look(:dot)
      text
    end
  end
end

files = JSON.parse(File.read(ARGV.fetch(0)))
folder = Dir.mktmpdir
at_exit { FileUtils.rm_rf(folder) }
files.each do |name, text|
  path = File.join(folder, name)
  FileUtils.mkdir_p(File.dirname(path))
  File.write(path, text)
end
Jekyll.logger.log_level = :error
site = Jekyll::Site.new(Jekyll.configuration('source' => folder, 'destination' => "#{folder}/_site", 'quiet' => true, 'disable_disk_cache' => true,
                                             'markdown' => 'kramdown', 'liquid' => { 'error_mode' => 'warn' }))
site.reset
site.time = Time.now
site.read
site.documents.each { |document| document.output = '' }

def with_times(value)
  case value
  when Hash then value.key?('$time') ? Time.at(value['$time']) : value.transform_values { |inner| with_times(inner) }
  when Array then value.map { |inner| with_times(inner) }
  else value
  end
end

$stdout.sync = true
$stderr.reopen(File::NULL) unless ENV['TALK']
$stdin.each_line do |line|
  request = JSON.parse(line)
  page = with_times(request['page']).merge('url' => '/t.html', 'path' => 't.md', 'name' => 't.md', 'dir' => '/')
  payload = { 'site' => site.site_payload.site, 'page' => page, 'jekyll' => Jekyll::Drops::JekyllDrop.global, 'highlighter_prefix' => "\n", 'highlighter_suffix' => "\n" }
  begin
    site.filter_cache.clear
    template = Liquid::Template.parse(request['template'], :line_numbers => true)
    output = template.render!(payload, :registers => { :site => site, :page => page }, :strict_filters => false, :strict_variables => false)
    answer = { 'output' => output.dup.force_encoding('UTF-8').scrub }
  rescue StandardError, ScriptError, SystemStackError => e
    answer = { 'error' => "#{e.class}: #{e.message[0, 200]}" }
  end
  puts JSON.generate(answer)
end
