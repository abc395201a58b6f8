# Writes what `render_lines` reads: a site's variables, and each template with the answer and the time of Ruby's Liquid.
#
# ruby answer_lines.rb SITE OUT   writes OUT.site.json and OUT.jsonl; it needs the jekyll gem.
# Both sides see the same plain hashes; Markdown, links and the clock are stubs, so that only Liquid is timed.
require "jekyll"
require "json"
require "tmpdir"

NOW = Time.at(1_795_392_000)
class Time
  def self.now = NOW.dup
end

class Jekyll::Tags::HighlightBlock
  def add_code_tag(code)
    "\n<figure class=\"highlight\"><pre><code class=\"language-#{@lang.to_s.tr("+", "-")}\" data-lang=\"#{@lang}\">" \
      "#{code.chomp}</code></pre></figure>\n"
  end
end

class Jekyll::Tags::Link
  def render(context) = Liquid::Template.parse(@relative_path).render(context)
end

class Jekyll::Tags::PostUrl
  def render(_context) = @orig_post
end

module Jekyll::Filters
  def markdownify(input) = input.to_s
  def smartify(input) = input.to_s
end

def plain(value, depth = 0)
  case value
  when Hash then depth > 12 ? nil : value.to_h { |key, inner| [key.to_s, plain(inner, depth + 1)] }
  when Array then depth > 12 ? nil : value.map { |inner| plain(inner, depth + 1) }
  when Time, DateTime then { "$time" => value.to_time.to_i }
  when String then value.dup.force_encoding("UTF-8").scrub
  when Integer, Float, true, false, nil then value
  else value.to_s
  end
end

def with_times(value)
  case value
  when Hash then value.key?("$time") ? Time.at(value["$time"]) : value.transform_values { |inner| with_times(inner) }
  when Array then value.map { |inner| with_times(inner) }
  else value
  end
end

def document(doc)
  keys = plain(doc.data.reject { |key, _| %w(next previous excerpt).include?(key) })
  keys["date"] = plain(doc.date) if doc.data["date"] && doc.respond_to?(:date)
  keys["id"] = doc.id if doc.respond_to?(:id)
  keys.merge("url" => doc.url, "path" => doc.relative_path, "content" => plain(doc.content))
end

source, out = ARGV
Jekyll.logger.log_level = :error
config = YAML.safe_load_file(File.join(source, "_config.yml"), permitted_classes: [Date, Time], aliases: true) || {}
%w(timezone plugins gems plugins_dir theme whitelist remote_theme).each { |key| config.delete(key) }
config.merge!("source" => source, "destination" => Dir.mktmpdir, "plugins" => [], "highlighter" => "none", "quiet" => true,
              "disable_disk_cache" => true, "markdown" => "kramdown", "liquid" => { "error_mode" => "warn" })
site = Jekyll::Site.new(Jekyll::Configuration.from(config))
site.reset
site.read

posts = site.posts.docs.reverse.map { |doc| document(doc) }
pages = site.pages.map { |page| document(page) }
variables = plain(site.config).merge(
  "posts" => posts, "pages" => pages, "data" => plain(site.data), "time" => plain(NOW),
  "tags" => site.tags.transform_values { |docs| docs.map { |doc| document(doc) } },
  "categories" => site.categories.transform_values { |docs| docs.map { |doc| document(doc) } },
  "static_files" => site.static_files.map { |file| { "path" => file.relative_path, "name" => file.name, "extname" => file.extname } }
)
site.collections.each { |label, collection| variables[label] = collection.docs.map { |doc| document(doc) } if label != "posts" }
variables = plain(variables)

read = ->(path) { File.read(path, encoding: "bom|utf-8").scrub }
includes = Dir.glob("#{site.source}/_includes/**/*").select { |path| File.file?(path) }
                                                    .to_h { |path| [path.delete_prefix("#{site.source}/_includes/"), read.(path)] }
File.write("#{out}.site.json", JSON.generate("site" => variables, "includes" => includes))

templates = (site.documents + site.pages).map { |doc| [doc.relative_path, plain(doc.content.to_s), document(doc).except("content")] }
Dir.glob("#{site.source}/{_includes,_layouts}/**/*").select { |path| File.file?(path) }.sort.each do |path|
  text = read.(path)
  text = text.sub(Jekyll::Document::YAML_FRONT_MATTER_REGEXP, "") if path.include?("/_layouts/")
  templates << [path.delete_prefix("#{site.source}/"), text, { "title" => "T", "url" => "/t.html" }]
end

live = with_times(variables)
File.open("#{out}.jsonl", "w") do |file|
  templates.each do |name, template, page|
    next unless template.include?("{{") || template.include?("{%")

    line = { "name" => name, "template" => template, "page" => page }
    payload = { "page" => with_times(page), "site" => live, "layout" => {}, "content" => "CONTENT",
                "jekyll" => { "version" => "4.4.1", "environment" => "development" } }
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    begin
      parsed = Liquid::Template.parse(template, :line_numbers => true)
      output = parsed.render!(payload, :registers => { :site => site, :page => page }, :filters => [Jekyll::Filters])
      line["output"] = plain(output)
    rescue StandardError => e
      line["error"] = "#{e.class}: #{e.message}"
    end
    line["seconds"] = Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
    file.puts JSON.generate(line)
  end
end
