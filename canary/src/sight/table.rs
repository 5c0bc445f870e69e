//! A table with what it says: the one form in which numbers go to the page, to CSV and to JSON.

use serde_json::{Map, Value as Json, json};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Count(i64),
    /// Any number; JSON and CSV have all of its digits.
    Number(f64),
    /// Hidden: few devices.
    Few,
    /// There is none, e.g. a rate without a denominator.
    Nothing,
}

impl Value {
    /// A number, or nothing.
    pub(crate) fn number(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Nothing, Self::Number)
    }

    fn json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Count(count) => json!(count),
            Self::Number(number) => json!(number),
            Self::Few | Self::Nothing => Json::Null,
        }
    }

    fn csv(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Few => FEW.to_owned(),
            Self::Nothing => String::new(),
        }
    }
}

/// What a hidden cell is called.
pub(crate) const FEW: &str = "few devices";

/// How a column's values are read by people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Plain,
    /// A number for 1,000, or a mean.
    Rate,
    /// From 0 to 1, as per cent.
    Share,
    /// RFC 3339, as a date and an hour.
    Hour,
}

/// A column: its key in JSON and CSV, and its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) reading: Reading,
}

/// Short for a list of columns.
pub(crate) const fn column(key: &'static str, title: &'static str) -> Column {
    Column { key, title, reading: Reading::Plain }
}

impl Column {
    /// The same, read so.
    pub(crate) const fn read_as(self, reading: Reading) -> Self {
        Self { reading, ..self }
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// As it is asked for: `/v1/tables/NAME`.
    pub(crate) name: &'static str,
    pub(crate) title: String,
    /// One sentence that says what the numbers say.
    pub(crate) summary: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Value>>,
}

impl Table {
    /// `{"data":{"table","title","summary","rows":[{…}]}}`; a row with hidden cells has `"few_devices":true`.
    pub(crate) fn json(&self) -> String {
        let rows: Vec<Json> = self
            .rows
            .iter()
            .map(|row| {
                let mut object: Map<String, Json> = self
                    .columns
                    .iter()
                    .zip(row)
                    .map(|(column, value)| (column.key.to_owned(), value.json()))
                    .collect();
                if row.contains(&Value::Few) {
                    object.insert("few_devices".to_owned(), json!(true));
                }
                Json::Object(object)
            })
            .collect();
        json!({ "data": { "table": self.name, "title": self.title, "summary": self.summary, "rows": rows } })
            .to_string()
    }

    /// RFC 4180, with a header.
    pub(crate) fn csv(&self) -> String {
        let header: Vec<&str> = self.columns.iter().map(|column| column.key).collect();
        let mut text = header.join(",") + "\r\n";
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(Value::csv).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }
}

/// A text as a CSV cell. One that a spreadsheet would take for a formula gets an apostrophe before it: apps name screens as
/// they like.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    // Some programs part cells at semicolons or tabs.
    if text.contains([',', ';', '\t', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: Vec<Vec<Value>>) -> Table {
        Table {
            name: "t",
            title: "T".to_owned(),
            summary: "S.".to_owned(),
            columns: vec![column("name", "Name"), column("n", "N")],
            rows,
        }
    }

    #[test]
    fn csv_is_quoted_and_no_cell_is_a_formula() {
        let text = |text: &str| vec![Value::Text(text.to_owned()), Value::Nothing];
        let csv =
            table(vec![text("a,\"b\""), text("=1+1"), vec![Value::Text("x".to_owned()), Value::Few]]).csv();
        assert_eq!(csv, "name,n\r\n\"a,\"\"b\"\"\",\r\n'=1+1,\r\nx,few devices\r\n");
        let parted = table(vec![text("x;=1+1"), text("＝1")]).csv();
        assert_eq!(parted, "name,n\r\n\"x;=1+1\",\r\n'＝1,\r\n");
    }

    #[test]
    fn json_says_what_is_hidden() {
        let rows = vec![
            vec![Value::Text("x".to_owned()), Value::Few],
            vec![Value::Text("y".to_owned()), Value::Count(7)],
        ];
        let json: Json = serde_json::from_str(&table(rows).json()).unwrap();
        assert_eq!(json["data"]["rows"][0], json!({ "name": "x", "n": null, "few_devices": true }));
        assert_eq!(json["data"]["rows"][1], json!({ "name": "y", "n": 7 }));
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        assert_eq!(Value::number(Some(f64::INFINITY)), Value::Nothing);
        assert_eq!(Value::number(Some(0.5)), Value::Number(0.5));
    }
}
