//! `GET /wallet`.

use crate::{draft::Draft, id::FanId, problem::Problem, reply::Reply, view};

pub(crate) fn show(draft: &Draft<'_>, fan: &FanId) -> Result<Reply, Problem> {
    let wallet = view::wallet(draft.state(), fan, draft.now())?;
    Ok(Reply::json(200, draft.now(), &wallet))
}
